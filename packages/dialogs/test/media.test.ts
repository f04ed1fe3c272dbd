import { describe, expect, it } from 'vitest';
import { collectMedia } from '../src/index.ts';
import { conversationWith } from './support.ts';

const picture = (name: string, contentType = 'image/jpeg', size?: number) => ({
  url: `https://example.com/${name}`,
  contentType,
  ...(size === undefined ? {} : { size }),
});
const prompt = 'Pictures, please!';

describe('collecting pictures', () => {
  it('goes on until DONE, and answers pictures that come one by one together', async () => {
    const ann = await conversationWith(collectMedia({ prompt }));
    expect(await ann.says('hi')).toEqual([prompt]);
    expect(await ann.text('', { media: [picture('1')] })).toEqual([]);
    await ann.advance({ seconds: 4 });
    await ann.text('', { media: [picture('2'), picture('3')] });
    await ann.advance({ seconds: 5 });
    expect(ann.lastText).toBe('Got 3. Send more, or text DONE.');
    expect(ann.received).toHaveLength(2);
    await ann.says('done!');
    expect(ann.outcomes).toMatchObject([
      { kind: 'answered', value: [picture('1'), picture('2'), picture('3')], text: 'done!' },
    ]);
  });

  it('ends when there are enough', async () => {
    const ann = await conversationWith(collectMedia({ prompt, max: 2 }));
    await ann.says('hi');
    await ann.text('all I have', { media: [picture('1'), picture('2'), picture('3')] });
    expect(ann.outcomes).toMatchObject([{ value: [picture('1'), picture('2')], text: 'all I have' }]);
  });

  it('wants the least, and says how many are missing', async () => {
    const ann = await conversationWith(collectMedia({ prompt, min: 2 }));
    await ann.says('hi');
    await ann.text('', { media: [picture('1')] });
    await ann.advance({ seconds: 5 });
    expect(ann.lastText).toBe('Got 1. Please send at least 2.');
    expect(await ann.says('done')).toEqual([`That is 1 so far, and I need at least 2. ${prompt}`]);
    await ann.text('DONE', { media: [picture('2')] });
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: [picture('1'), picture('2')] }]);
  });

  it('refuses other kinds and what is too large, and keeps the rest', async () => {
    const ann = await conversationWith(collectMedia({ prompt, maxSize: 2_000_000 }));
    await ann.says('hi');
    expect(await ann.text('', { media: [picture('a', 'video/mp4')] })).toEqual([
      `I can not take files of that kind. ${prompt}`,
    ]);
    await ann.text('', { media: [picture('b', 'image/png', 3_000_000), picture('c', 'image/png', 1000)] });
    await ann.advance({ seconds: 5 });
    expect(ann.lastText).toBe('That file is larger than 2 MB. Got 1. Send more, or text DONE.');
    await ann.says('finished');
    expect(ann.outcomes).toMatchObject([{ value: [picture('c', 'image/png', 1000)] }]);
  });

  it('takes other kinds when it is told to', async () => {
    const ann = await conversationWith(collectMedia({ prompt, accept: ['application/pdf', 'audio/*'], max: 2 }));
    await ann.says('hi');
    await ann.text('', { media: [picture('a', 'application/pdf'), picture('b', 'Audio/AMR; codecs=x')] });
    expect(ann.outcomes).toMatchObject([{ kind: 'answered' }]);
  });

  it('helps with texts, then gives up with what there is', async () => {
    const ann = await conversationWith(collectMedia({ prompt, min: 2 }));
    await ann.says('hi');
    await ann.text('', { media: [picture('1')] });
    expect(await ann.says('how?')).toEqual([`I need a picture or a file for that. ${prompt}`]);
    await ann.says('how then?', 'how?!');
    expect(ann.outcomes).toMatchObject([
      { kind: 'gave-up', because: 'attempts', problem: { code: 'no-media' }, media: [picture('1')] },
    ]);
  });

  it('takes silence for DONE if there are enough, else for no answer', async () => {
    const enough = await conversationWith(collectMedia({ prompt }));
    await enough.says('hi');
    await enough.text('', { media: [picture('1')] });
    await enough.advance({ days: 1, seconds: 5 });
    expect(enough.outcomes).toMatchObject([{ kind: 'answered', value: [picture('1')], text: '' }]);

    const none = await conversationWith(collectMedia({ prompt }));
    await none.says('hi');
    await none.advance({ minutes: 10 });
    expect(none.lastText).toBe(`Are you still there? ${prompt}`);
    await none.advance({ days: 1 });
    expect(none.outcomes).toEqual([{ kind: 'no-answer', media: [] }]);
  });
});
