import { describe, expect, it } from 'vitest';
import { capture, checklist, collectMedia, email, form, menu, minutes, otp } from '../src/index.ts';
import { conversationWith } from './support.ts';
import { drink } from './tea.ts';

const good = { prompt: '?', parse: drink };
const field = capture(good);

describe('options that can not be', () => {
  it.each([
    [
      'a mistyped name',
      () => capture({ ...good, atempts: 2 } as never),
      /atempts is no option \(did you mean attempts\?\)/,
    ],
    ['no attempts', () => capture({ ...good, attempts: 0 }), /attempts/],
    ['no words', () => capture({ ...good, prompt: [] }), /prompt: write words/],
    ['words of nothing', () => capture({ ...good, prompt: '' }), /prompt: write words/],
    [
      'reminders out of order',
      () => capture({ ...good, reminders: [2, 1].map((after) => ({ after: minutes(after), words: '?' })) }),
      /reminders: each comes later/,
    ],
    [
      'reminders after the end',
      () => capture({ ...good, reminders: [{ after: 2, words: '?' }], patience: 1 }),
      /reminders/,
    ],
    ['no options', () => menu({ prompt: '?', options: [] }), /there are no options/],
    ['more options than there are', () => checklist({ prompt: '?', options: ['a'], min: 2 }), /min/],
    ['a code of one digit', () => otp({ digits: 1 }), /digits/],
    ['less than nothing', () => collectMedia({ prompt: '?', min: 3, max: 2 }), /min is greater than max/],
    ['a kind of file that is none', () => collectMedia({ prompt: '?', accept: ['pictures'] }), /write a MIME type/],
    ['no fields', () => form({ fields: {} }), /fields: there are none/],
    [
      'a field that is not there',
      () => form({ fields: { drink: field }, labels: { food: 'food' } as never }),
      /food is no field/,
    ],
    ['a name of a field with a dot', () => form({ fields: { 'a.b': field } }), /without dots/],
  ])('are refused: %s', (_, make, problem) => {
    expect(make).toThrow(problem);
    expect(make).toThrow(expect.objectContaining({ code: 'error.platform.config.malformed' }));
  });
});

it('takes yes for what a parser thinks was meant', async () => {
  const ann = await conversationWith(capture({ prompt: 'Your e-mail address?', parse: email() }));
  expect(await ann.says('hi', 'ann@gmial.com')).toEqual([
    'Did you mean ann@gmail.com? Reply YES, or text it again. Your e-mail address?',
  ]);
  await ann.says('yes');
  expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: 'ann@gmail.com', text: 'yes' }]);
});
