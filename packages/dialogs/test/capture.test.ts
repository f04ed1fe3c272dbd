import { describe, expect, it } from 'vitest';
import { capture, dateAndTime, hours, minutes, personName } from '../src/index.ts';
import { conversationWith } from './support.ts';
import { drink } from './tea.ts';

const asked = 'Coffee or tea?';

describe('a capture that is a whole bot', () => {
  it('asks, and ends with what was answered', async () => {
    const ann = await conversationWith(capture({ prompt: asked, parse: drink }));
    expect(await ann.says('hi')).toEqual([asked]);
    expect(await ann.says('Tea')).toEqual([]);
    expect(ann.outcomes).toEqual([{ kind: 'answered', value: 'tea', text: 'Tea', at: expect.any(Number) }]);
    expect(await ann.state()).toBeUndefined();
  });

  it('asks again in other words each time, then gives up', async () => {
    const ann = await conversationWith(capture({ prompt: asked, parse: drink }));
    expect(await ann.says('hi', 'beer')).toEqual([`Sorry, I did not get that. ${asked}`]);
    expect(await ann.says('wine')).toEqual([`I still did not get that. ${asked}`]);
    expect(await ann.says('gin')).toEqual([]);
    expect(ann.outcomes).toEqual([
      { kind: 'gave-up', because: 'attempts', problem: { code: 'no-drink', details: { length: 3 } } },
    ]);
  });

  it('still takes an answer at the last attempt', async () => {
    const ann = await conversationWith(capture({ prompt: asked, parse: drink }));
    await ann.says('hi', 'beer', 'wine', 'tea');
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: 'tea' }]);
  });

  it('says the prompts of a list in turn, and nothing in front of them', async () => {
    const ann = await conversationWith(capture({ prompt: [asked, 'COFFEE or TEA, please.'], parse: drink }));
    expect(await ann.says('hi', 'beer')).toEqual(['COFFEE or TEA, please.']);
    expect(await ann.says('wine')).toEqual([]);
    expect(ann.outcomes).toMatchObject([{ kind: 'gave-up' }]);
  });

  it('has functions word its prompts, by person, attempt and problem', async () => {
    const dialog = capture({
      prompt: ({ actor, attempt, problem, sorry }) =>
        `${sorry} ${actor?.firstName}, attempt ${attempt} ${problem?.code ?? 'fine'}`.trim(),
      parse: drink,
    });
    const ann = await conversationWith(dialog, { ann: { firstName: 'Ann' } });
    expect(await ann.says('hi')).toEqual(['Ann, attempt 1 fine']);
    expect(await ann.says('beer')).toEqual(['Sorry, I did not get that. Ann, attempt 2 no-drink']);
  });

  it('helps with words for a problem', async () => {
    const dialog = capture({
      prompt: asked,
      parse: drink,
      problems: { 'no-drink': ['We have no such thing.', ({ problem }) => `Nor ${problem?.details?.length} letters.`] },
    });
    const ann = await conversationWith(dialog);
    expect(await ann.says('hi', 'beer')).toEqual([`We have no such thing. ${asked}`]);
    expect(await ann.says('beer')).toEqual([`Nor 4 letters. ${asked}`]);
  });

  it('is given data by whoever starts it', async () => {
    const dialog = capture({
      types: { data: {} as { day: string } | undefined },
      prompt: ({ data }) => `What to drink on ${data?.day}?`,
      parse: drink,
    });
    const ann = await conversationWith(dialog);
    await ann.simulation.engine.startJourney({ app: 'app', to: ann.number, bot: 'bot', data: { day: 'Monday' } });
    await ann.advance({ seconds: 1 });
    expect(ann.lastText).toBe('What to drink on Monday?');
  });

  it('checks what it has understood', async () => {
    const dialog = capture({
      prompt: asked,
      parse: drink,
      check: (value) => (value === 'tea' ? 'sold-out' : undefined),
      problems: { 'sold-out': 'We are out of tea.' },
    });
    const ann = await conversationWith(dialog);
    expect(await ann.says('hi', 'tea')).toEqual([`We are out of tea. ${asked}`]);
    expect(await ann.says('coffee')).toEqual([]);
    expect(ann.outcomes).toMatchObject([{ value: 'coffee' }]);
  });
});

describe('an answer in pieces', () => {
  it.each([
    ['next friday', 'And at what time?', 'at 7 pm'],
    ['7 pm', 'And on which day?', 'next friday'],
  ])('is put together: %s', async (first, question, second) => {
    const ann = await conversationWith(capture({ prompt: 'When?', parse: dateAndTime() }));
    expect(await ann.says('hi', first)).toEqual([question]);
    await ann.says(second);
    expect(ann.outcomes).toMatchObject([{ value: { date: '2026-01-16', time: '19:00' } }]);
  });

  it('gives way to a whole one', async () => {
    const ann = await conversationWith(capture({ prompt: 'Your name?', parse: personName({ minWords: 2 }) }));
    expect(await ann.says('hi', 'Ann')).toEqual(['First and last name, please.']);
    await ann.says('Bob Stone');
    expect(ann.outcomes).toMatchObject([{ value: 'Bob Stone' }]);
  });
});

describe('silence', () => {
  it('is met with a reminder after ten minutes, and given up a day after the question', async () => {
    const ann = await conversationWith(capture({ prompt: asked, parse: drink }));
    await ann.says('hi');
    await ann.advance({ minutes: 9, seconds: 59 });
    expect(ann.received).toHaveLength(1);
    await ann.advance({ seconds: 1 });
    expect(ann.lastText).toBe(`Are you still there? ${asked}`);
    await ann.advance({ hours: 23, minutes: 49 });
    expect(ann.outcomes).toEqual([]);
    await ann.advance({ minutes: 1 });
    expect(ann.outcomes).toEqual([{ kind: 'no-answer' }]);
    expect(ann.received).toHaveLength(2);
  });

  it('is met with as many reminders as are wanted', async () => {
    const reminders = [
      { after: minutes(5), words: 'Well?' },
      { after: hours(1), words: 'Last call!' },
    ];
    const ann = await conversationWith(capture({ prompt: asked, parse: drink, reminders, patience: hours(2) }));
    await ann.says('hi');
    await ann.advance({ minutes: 59 });
    expect(ann.received.map(({ text }) => text)).toEqual([asked, 'Well?']);
    await ann.advance({ minutes: 1 });
    expect(ann.lastText).toBe('Last call!');
    await ann.advance({ hours: 1 });
    expect(ann.outcomes).toEqual([{ kind: 'no-answer' }]);
  });

  it('begins anew when they text', async () => {
    const ann = await conversationWith(capture({ prompt: asked, parse: drink }));
    await ann.says('hi');
    await ann.advance({ hours: 5 });
    await ann.says('beer');
    await ann.advance({ minutes: 10 });
    expect(ann.lastText).toBe(`Are you still there? ${asked}`);
    await ann.advance({ hours: 23 });
    await ann.says('tea');
    expect(ann.outcomes).toMatchObject([{ kind: 'answered' }]);
  });
});

describe('a text that does not arrive', () => {
  it.each(['refuse', 'lose'] as const)('gives up when the carrier does %s it', async (kind) => {
    const ann = await conversationWith(capture({ prompt: asked, parse: drink }));
    ann.carrier({ kind, code: '30003' });
    await ann.says('hi');
    await ann.advance({ minutes: 1 });
    expect(ann.outcomes).toEqual([{ kind: 'gave-up', because: 'undeliverable', code: '30003' }]);
  });
});

describe('commands', () => {
  const commands = {
    explain: { matches: ['?', 'what do you mean'], words: 'We serve drinks.' },
    back: ['back'],
    leave: ['never mind'],
  };

  it('explain without an attempt being counted, three times', async () => {
    const ann = await conversationWith(capture({ prompt: asked, parse: drink, commands }));
    expect(await ann.says('hi', '?')).toEqual(['We serve drinks.']);
    expect(await ann.says('What do you mean?', '?')).toEqual(['We serve drinks.']);
    expect(await ann.says('?')).toEqual([`Sorry, I did not get that. ${asked}`]);
  });

  it.each([
    ['Never mind!', 'declined'],
    ['BACK', 'back'],
  ])('end it with %s', async (text, because) => {
    const ann = await conversationWith(capture({ prompt: asked, parse: drink, commands }));
    await ann.says('hi', text);
    expect(ann.outcomes).toEqual([{ kind: 'gave-up', because }]);
  });
});
