import { describe, expect, it } from 'vitest';
import { postalCode } from './postal-code.ts';
import { postalCodes } from './postal-codes.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

function read(text: string, country = 'US', countries?: readonly string[]): string {
  const parsed = postalCode(countries === undefined ? {} : { countries })(text, { ...person, country });
  return parsed.understood ? parsed.value : parsed.problem.code;
}

describe('postalCode', () => {
  it.each([
    ['US', '94103', '94103'],
    ['US', 'my zip is 94103-1234.', '94103-1234'],
    ['US', '94103 1234', '94103-1234'],
    ['US', '941031234', '94103-1234'],
    ['US', '9O210', '90210'],
    ['CA', 'k1a0b1', 'K1A 0B1'],
    ['CA', 'K1A-0B1', 'K1A 0B1'],
    ['GB', 'sw1a 1aa', 'SW1A 1AA'],
    ['GB', 'M1 1AE', 'M1 1AE'],
    ['GB', 'ec1a1bb', 'EC1A 1BB'],
    ['GB', 'gir 0aa', 'GIR 0AA'],
    ['NL', '1012js', '1012 JS'],
    ['DE', 'D-10115', '10115'],
    ['DE', '10115 Berlin', '10115'],
    ['ES', '28013', '28013'],
    ['FR', '75 001', '75001'],
    ['BR', '01310100', '01310-100'],
    ['JP', '〒100-0001', '100-0001'],
    ['PT', '1100 148', '1100-148'],
    ['IE', 'd02af30', 'D02 AF30'],
    ['LV', 'lv-1010', 'LV-1010'],
    ['us', '94103', '94103'],
  ])('reads in %s %j as %s', (country, text, code) => expect(read(text, country)).toBe(code));

  it.each([
    ['US', '9410', 'not-a-postal-code'],
    ['US', '', 'not-a-postal-code'],
    ['US', 'no idea', 'not-a-postal-code'],
    ['CA', 'D1A 0B1', 'not-a-postal-code'],
    ['GB', 'SW1A', 'not-a-postal-code'],
    ['NL', '1012 SS', 'not-a-postal-code'],
    ['ES', '53000', 'not-a-postal-code'],
    ['LV', 'hello', 'not-a-postal-code'],
    ['US', '94103 or 94104', 'several'],
  ])('does not understand in %s %j: %s', (country, text, code) => expect(read(text, country)).toBe(code));

  it('shows one that exists', () => {
    expect(postalCode()('?', person)).toEqual({
      understood: false,
      problem: { code: 'not-a-postal-code', details: { example: '94103' } },
    });
  });

  it('tries countries in order', () => {
    expect(read('K1A 0B1', 'US', ['US', 'CA'])).toBe('K1A 0B1');
    expect(read('94103', 'CA', ['US', 'CA'])).toBe('94103');
  });

  it('reads the example of every country as it is', () => {
    for (const [country, { example }] of Object.entries(postalCodes)) {
      expect(read(example, country), country).toBe(example);
      expect(read(`it is ${example.toLowerCase()}.`, country), country).toBe(example);
    }
  });
});
