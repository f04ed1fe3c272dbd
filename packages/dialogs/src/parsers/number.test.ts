import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberOptions, number } from './number.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

function read(text: string, locale = 'en-US', options: NumberOptions = {}): unknown {
  const parsed = number(options)(text, { ...person, locale });
  return parsed.understood ? parsed.value : parsed.problem.code;
}

describe('number', () => {
  it.each([
    ['2', 2],
    [' 2. ', 2],
    ['(5)', 5],
    ['-5', -5],
    ['minus twelve', -12],
    ['1,234.5', 1234.5],
    ['1,234', 1234],
    ['1,234,567', 1_234_567],
    ['1.5', 1.5],
    ['1,5', 1.5],
    ['.5', 0.5],
    ['1.234,5', 1234.5],
    ['2½', 2.5],
    ['½', 0.5],
    ['2 1/2', 2.5],
    ['1/2', 0.5],
    ['5k', 5000],
    ['1.1k', 1100],
    ['5 hundred', 500],
    ['2 dozen', 24],
    ['1.5 million', 1_500_000],
    ['2x', 2],
    ['2 pizzas', 2],
    ['about 5', 5],
    ['~5', 5],
    ['we are 4 people', 4],
    ['５', 5],
    ['“7”', 7],
    ['twenty-one', 21],
    ['Twenty One', 21],
    ['a hundred', 100],
    ['one hundred and five', 105],
    ['two thousand and twenty six', 2026],
    ['nineteen hundred', 1900],
    ['one million two hundred thousand', 1_200_000],
    ['a dozen', 12],
    ['half a dozen', 6],
    ['half', 0.5],
    ['two and a half', 2.5],
    ['a couple', 2],
    ['three point one four', 3.14],
    ['zero', 0],
    ['none', 0],
    ['nobody', 0],
    ['3\nSent from my iPhone', 3],
    ['$12.50', 12.5],
    ["1'234", 1234],
  ])('reads %j as %d', (text, value) => expect(read(text)).toBe(value));

  it.each([
    ['de-DE', '1.234,5', 1234.5],
    ['de-DE', '1.234', 1234],
    ['de-DE', '12.5', 12.5],
    ['de-CH', "1'234.5", 1234.5],
    ['fr-FR', '1 234,5', 1234.5],
    ['es-MX', '1,234.5', 1234.5],
    ['es-ES', '1.234', 1234],
    ['de', 'zweihundertfünfundvierzig', 245],
    ['de', 'ein Dutzend', 12],
    ['de', 'zweieinhalb', 2.5],
    ['de', 'eintausendzweihundert', 1200],
    ['fr', 'quatre-vingt-dix-sept', 97],
    ['fr', 'soixante et onze', 71],
    ['fr', 'mille deux cent', 1200],
    ['fr', 'une douzaine', 12],
    ['es', 'treinta y dos', 32],
    ['es', 'una pizza', 1],
    ['es', 'una mesa para dos', 2],
    ['es', 'mil doscientos treinta', 1230],
    ['es', 'media docena', 6],
    ['pt', 'vinte e um', 21],
    ['pt', 'duzentos e cinquenta', 250],
    ['pt', 'duas', 2],
    ['fr', 'twenty', 20],
  ])('reads in %s %j as %d', (locale, text, value) => expect(read(text, locale)).toBe(value));

  it.each([
    ['hello', 'not-a-number'],
    ['', 'not-a-number'],
    ['5:30', 'not-a-number'],
    ['1/2/26', 'not-a-number'],
    ['415-555-0123', 'not-a-number'],
    ['192.168.0.1', 'not-a-number'],
    ['I have no idea', 'not-a-number'],
    ['a few', 'vague'],
    ['many', 'vague'],
    ['5-6', 'range'],
    ['5 to 6', 'range'],
    ['5 or 6', 'range'],
    ['between five and six', 'range'],
    ['2 pizzas and 3 cokes', 'several'],
    ['ten five', 'several'],
    ['at least 5', 'not-exact'],
    ['more than 5', 'not-exact'],
    ['5 or more', 'not-exact'],
    ['5+', 'not-exact'],
    ['>5', 'not-exact'],
    ['not 5', 'not-exact'],
    ['9'.repeat(30), 'too-high'],
    ['9'.repeat(999), 'too-high'],
  ])('does not understand %j: %s', (text, code) => expect(read(text)).toBe(code));

  it('refuses what is out of bounds or has a fraction, and says so', () => {
    const parser = number({ min: 1, max: 12, integer: true });
    expect(parser('0', person)).toEqual({ understood: false, problem: { code: 'too-low', details: { min: 1 } } });
    expect(parser('13', person)).toEqual({ understood: false, problem: { code: 'too-high', details: { max: 12 } } });
    expect(parser('2.5', person)).toEqual({
      understood: false,
      problem: { code: 'not-whole', details: { near: [2, 3] } },
    });
    expect(parser('5 or 6', person)).toMatchObject({ problem: { code: 'range', details: { from: 5, to: 6 } } });
    expect(() => number({ min: 2, max: 1 })).toThrow(/min is greater than max/);
  });

  it('reads what Intl writes in any region', () => {
    const locales = [
      'en-US',
      'en-GB',
      'en-IN',
      'es-ES',
      'es-MX',
      'fr-FR',
      'fr-CA',
      'de-DE',
      'de-CH',
      'de-AT',
      'pt-BR',
      'pt-PT',
      'it-IT',
      'nl-NL',
      'pl-PL',
      'sv-SE',
    ];
    const values = fc.oneof(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.integer({ min: 0, max: 1_000_000 }).map((hundredths) => hundredths / 100),
    );
    fc.assert(
      fc.property(fc.constantFrom(...locales), values, (locale, value) => {
        // A lone group of three digits is read as the region has it, which is what was written.
        const written = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
        expect(read(written, locale)).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  it('reads every number up to 1999 as English writes it', () => {
    for (let value = 0; value < 2000; value++) expect(read(inWords(value))).toBe(value);
  });
});

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function inWords(value: number): string {
  if (value < 20) return ONES[value]!;
  if (value < 100) return value % 10 === 0 ? TENS[value / 10]! : `${TENS[Math.floor(value / 10)]}-${ONES[value % 10]}`;
  const [unit, size] = value < 1000 ? ['hundred', 100] : ['thousand', 1000];
  const rest = value % size;
  return `${inWords(Math.floor(value / size))} ${unit}${rest === 0 ? '' : `${rest < 100 ? ' and' : ''} ${inWords(rest)}`}`;
}
