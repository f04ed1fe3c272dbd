import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '@parley/dialogs';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type IntentsOptions, intents } from '../src/index.ts';

const wants = intents({
  book: [
    'I want an appointment',
    'Can I see the doctor this week?',
    'book a visit',
    'do you have a free slot tomorrow',
  ],
  cancel: [
    'cancel my appointment',
    "I can't come tomorrow",
    'please remove my booking',
    'I do not need the visit any more',
  ],
  hours: ['when are you open?', 'what are your opening hours', 'are you open on Saturday'],
});

describe('a text', () => {
  it.each([
    ['could i get an appointment pls', 'book'],
    ['do u have free slots on monday?', 'book'],
    ['CANCEL MY APPOINTMENT!!!', 'cancel'],
    ['i cant come on friday', 'cancel'],
    ['pls cancle my apointment', 'cancel'],
    ['what are ur opening hors', 'hours'],
    [
      'Hi, this is Ann Miller. I hope you are all well over there! I can’t come tomorrow. Have a nice evening',
      'cancel',
    ],
  ])('%j is understood as %s', (text, intent) => {
    expect(wants.understand(text)?.intent).toBe(intent);
  });

  it.each(['', '   ', '?!', '👍', 'lol', 'happy birthday to you', '12345', 'x'.repeat(100_000)])(
    '%.30j is understood as nothing',
    (text) => {
      expect(wants.understand(text)).toBeUndefined();
    },
  );

  it('that is an example is certain, however it is written', () => {
    const { intent, score, others } = wants.understand('  When are YOU open ')!;
    expect({ intent, score }).toEqual({ intent: 'hours', score: 1 });
    expect(others.map((other) => other.intent)).toEqual(expect.arrayContaining(['book', 'cancel']));
    expect(others.every((other) => other.score < 1)).toBe(true);
  });

  it('that is as much the one as the other is neither', () => {
    expect(wants.understand('When are you open? Cancel my appointment.')).toBeUndefined();
  });

  it('has scores from 0 to 1 in order, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const scores = wants.rank(text).map(({ score }) => score);
        expect(scores).toHaveLength(3);
        expect(scores.every((score) => score >= 0 && score <= 1 + 1e-9)).toBe(true);
        expect(scores).toEqual(scores.toSorted((one, other) => other - one));
      }),
    );
  });
});

describe('languages', () => {
  it('need not be named, may be mixed, and keep their letters', () => {
    const mixed = intents({
      book: [
        'I want an appointment',
        'quiero una cita',
        'ich möchte einen Termin',
        'мне нужна запись к врачу',
        '予約したいです',
        'أريد حجز موعد',
      ],
      cancel: [
        'cancel it',
        'quiero cancelar',
        'bitte absagen',
        'отмените запись',
        'キャンセルしてください',
        'أريد إلغاء الموعد',
      ],
    });
    const heard = ['quisiera una cita', 'einen termin bitte', 'ТЕРМИН мне нужна запись', '予約したい', 'حجز موعد'];
    expect(heard.map((text) => mixed.understand(text)?.intent)).toEqual(heard.map(() => 'book'));
    const others = ['por favor cancelar', 'ich muss absagen', 'отмените', 'キャンセルして', 'إلغاء الموعد'];
    expect(others.map((text) => mixed.understand(text)?.intent)).toEqual(others.map(() => 'cancel'));
  });
});

describe('quality', () => {
  const folder = join(import.meta.dirname, 'sets');

  it.each(readdirSync(folder))('does not fall on %s: see bench/understanding.js', (file) => {
    const set = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      readonly examples: Record<string, string[]>;
      readonly heard: Record<string, string[]>;
      readonly others: string[];
    };
    const asked = intents(set.examples);
    const heard = Object.entries(set.heard).flatMap(([intent, texts]) => texts.map((text) => ({ intent, text })));
    const understood = heard.map(({ intent, text }) => ({ intent, found: asked.understand(text)?.intent }));
    const right = understood.filter(({ intent, found }) => intent === found).length;
    const wrong = understood.filter(({ intent, found }) => found !== undefined && intent !== found).length;
    expect(right / heard.length).toBeGreaterThan(0.85);
    expect(wrong / heard.length).toBeLessThan(0.06);
    expect(set.others.filter((text) => asked.understand(text) !== undefined).length).toBeLessThan(4);
  });
});

describe('options', () => {
  it('say how sure it has to be', () => {
    const examples = { tea: ['a cup of tea'], coffee: ['a cup of coffee'] };
    expect(intents(examples, { threshold: 0, margin: 0 }).understand('a cup')?.score).toBeGreaterThan(0.2);
    expect(intents(examples, { threshold: 0.9 }).understand('tea')).toBeUndefined();
    expect(intents(examples, { margin: 0.9 }).understand('cup of tea')).toBeUndefined();
    expect(intents(examples).understand('cup of tea')?.intent).toBe('tea');
  });

  it.each([
    [{}, {}, 'name an intent'],
    [{ book: [] }, {}, 'book'],
    [{ book: ['…'] }, {}, 'book.0: write a word'],
    [{ book: ['yes please'], cancel: ['Yes, please!'] }, {}, 'cancel.0: is an example of book as well'],
    [{ book: ['a'] }, { treshold: 1 }, 'did you mean threshold?'],
    [{ book: ['a'] }, { margin: 2 }, 'margin'],
  ])('that make no sense are refused: %j %j', (examples, options, problem) => {
    const define = () => intents(examples, options as IntentsOptions);
    expect(define).toThrow(expect.objectContaining({ code: 'error.platform.config.malformed' }));
    expect(define).toThrow(problem);
  });
});

describe('examples of different intents that are nearly the same', () => {
  it('are found', () => {
    const confusing = intents({
      book: ['I want an appointment', 'cancel the old appointment please'],
      cancel: ['please cancel the appointment', 'I want to cancel'],
    });
    expect(confusing.confusions()).toEqual([
      {
        examples: [
          { intent: 'book', text: 'cancel the old appointment please' },
          { intent: 'cancel', text: 'please cancel the appointment' },
        ],
        similarity: expect.closeTo(0.85, 1),
      },
    ]);
    expect(wants.confusions()).toEqual([]);
  });
});

describe('as a parser', () => {
  it('is one of @parley/dialogs', () => {
    const parser: Parser<'book' | 'cancel' | 'hours'> = wants.parse;
    expectTypeOf(parser).toBeFunction();
    expect(wants.parse('cancel my appointment')).toEqual({ understood: true, value: 'cancel' });
    expect(wants.parse('lol')).toEqual({ understood: false, problem: { code: 'not-understood' } });
    const both = wants.parse('When are you open? Cancel my appointment.');
    expect(both).toEqual({
      understood: false,
      problem: { code: 'ambiguous', details: { between: expect.arrayContaining(['hours', 'cancel']) } },
    });
  });
});

describe('types', () => {
  it('know the names', () => {
    expectTypeOf(wants.understand('x')?.intent).toEqualTypeOf<'book' | 'cancel' | 'hours' | undefined>();
    wants.is('book', 'cancel');
    // @ts-expect-error there is no such intent
    wants.is('buy');
    // @ts-expect-error one at least
    wants.means();
  });
});
