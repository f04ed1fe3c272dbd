import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVocabulary, listen } from '../src/index.ts';
import { texts } from './texts.ts';

const vocabulary = createVocabulary();
const kindOf = (text: string) => listen(text, vocabulary).kind;

const table = Object.entries(texts).flatMap(([kind, languages]) =>
  Object.entries(languages).map(([language, list]) => ({ kind, language, list: list as readonly string[] })),
);

describe('what a text is taken for', () => {
  it('is tried on some hundred texts', () => {
    expect(table.flatMap(({ list }) => list).length).toBeGreaterThan(400);
  });

  it.each(table)('$kind, $language', ({ kind, list }) => {
    expect(list.map((text) => `${kindOf(text)}: ${text}`)).toEqual(list.map((text) => `${kind}: ${text}`));
  });
});

/** Ways to write a keyword that change nothing. */
const widths = [
  (word: string) => word,
  (word: string) => [...word].map((letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)).join(''),
  (word: string) => [...word].map((letter) => String.fromCodePoint(0x1d400 + letter.codePointAt(0)! - 0x41)).join(''),
  (word: string) => [...word].join('\u200d'),
  (word: string) => [...word].join('.'),
  (word: string) => word.toLowerCase(),
  (word: string) => word[0] + word.slice(1).toLowerCase(),
];
const around = fc
  .array(
    fc.constantFrom(' ', '!', '.', '?', '"', '“', '\n', '\t', '\u00a0', '🙏', '🛑', '…', '-', '*', '(', ')', '\ufeff'),
  )
  .map((marks) => marks.join(''));

describe('a keyword', () => {
  it('opts out whatever its case and width and the marks around it', () => {
    const keyword = fc.constantFrom('STOP', 'CANCEL', 'END', 'QUIT', 'UNSUBSCRIBE', 'REVOKE', 'OPTOUT', 'STOPALL');
    fc.assert(
      fc.property(keyword, fc.constantFrom(...widths), around, around, (word, write, before, after) => {
        expect(kindOf(`${before}${write(word)}${after}`)).toBe('opt-out');
      }),
    );
  });

  it('opts out with courtesies on both sides, in one sentence or several', () => {
    const courtesy = fc.constantFrom(
      'please',
      'thanks',
      'Thank you',
      'now',
      'ok',
      'hi',
      'por favor',
      'svp',
      'bitte',
      'pls',
    );
    const between = fc.constantFrom(' ', ', ', '. ', '! ', '\n', ' - ');
    fc.assert(
      fc.property(courtesy, between, between, courtesy, (before, first, second, after) => {
        expect(kindOf(`${before}${first}STOP${second}${after}`)).toBe('opt-out');
        expect(kindOf(`${before}${first}CANCEL${second}${after}`)).toBe('unsure');
      }),
    );
  });

  it('is missed by no single slip of the thumb: each has somebody look', () => {
    for (const [one, two] of [
      [0, 1],
      [1, 2],
      [2, 3],
    ] as const) {
      const letters = [...'stop'];
      [letters[one], letters[two]] = [letters[two]!, letters[one]!];
      expect(kindOf(letters.join(''))).toBe('unsure');
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.constantFrom('drop', 'double', 'swap'), (at, slip) => {
        const word = 'unsubscribe';
        const [here, next] = [word[at]!, word[at + 1] ?? ''];
        const made = { drop: '', double: here + here, swap: next + here }[slip];
        const mistyped = word.slice(0, at) + made + word.slice(at + (slip === 'swap' ? 2 : 1));
        expect(['unsure', 'opt-out']).toContain(kindOf(mistyped));
        expect(['unsure', 'opt-out']).toContain(kindOf(`pls ${mistyped} me from that`));
      }),
    );
  });

  it('says nothing with a denial ahead of it', () => {
    const denial = fc.constantFrom(
      "don't",
      'dont',
      'do not',
      "can't",
      'cannot',
      "won't",
      'never',
      "didn't",
      'don’t ever',
    );
    fc.assert(
      fc.property(denial, (word) => {
        expect(kindOf(`${word} stop`)).toBe('none');
      }),
    );
  });

  it('means help as the bare word only', () => {
    for (const text of ['HELP', 'help', 'Help!', 'ＨＥＬＰ', 'INFO', 'info', 'Aide', 'AYUDA', 'Hilfe'])
      expect(kindOf(text)).toBe('help');
    for (const text of ['help me please', 'I need help', 'send info', 'helpful']) expect(kindOf(text)).toBe('none');
  });

  it('is YES as the bare word only, and START', () => {
    for (const text of ['yes', 'YES', 'Yes!', 'ｙｅｓ']) expect(kindOf(text)).toBe('yes');
    for (const text of ['START', 'start', 'Unstop']) expect(kindOf(text)).toBe('opt-in');
    for (const text of ['yes please', 'yes I will', 'start tomorrow']) expect(kindOf(text)).toBe('none');
  });
});

describe('any text', () => {
  it('is taken for something, and for the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(listen(text, vocabulary)).toEqual(listen(text, vocabulary));
      }),
    );
  });

  it('without a word of ours is none', () => {
    const harmless = fc.constantFrom(
      ...'we see you on tuesday at the clinic for lunch with my doctor about 9 dollars'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(harmless, { maxLength: 30 }), (words) => {
        expect(kindOf(words.join(' '))).toBe('none');
      }),
    );
  });

  it('takes no time to speak of, however long and odd it is', () => {
    const odd = [
      'stop '.repeat(5_000),
      'no more '.repeat(3_000),
      'dont want to '.repeat(2_000),
      's '.repeat(9_000),
      '\u0301'.repeat(9_000),
    ];
    const before = process.cpuUsage();
    for (const text of [...odd, ...odd.map((one) => `please ${one} texting`)]) listen(text, vocabulary);
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(2_000);
  });
});

describe('words of one’s own', () => {
  const own = createVocabulary({
    en: {
      optOut: ['Adiós'],
      help: ['agent'],
      optIn: ['rejoin'],
      phrases: ['not my circus'],
      unsure: ['meh'],
      harmless: ['stop the clock'],
    },
  });
  it.each([
    ['ADIOS', 'opt-out'],
    ['adios, thanks', 'opt-out'],
    ['Agent', 'help'],
    ['rejoin', 'opt-in'],
    ["That's not my circus!", 'opt-out'],
    ['meh whatever', 'unsure'],
    ['stop the clock', 'none'],
    ['adios amigo', 'none'],
  ])('%s: %s', (text, kind) => expect(listen(text, own).kind).toBe(kind));
});

describe('the language of an answer', () => {
  it.each([
    ['STOP', undefined],
    ['ARRET', 'fr'],
    ['AIDE', 'fr'],
    ['HELP', 'en'],
    ['no más mensajes', 'es'],
    ['Abmelden', 'de'],
  ])('%s: %s', (text, language) => expect(listen(text, vocabulary).language).toBe(language));
});
