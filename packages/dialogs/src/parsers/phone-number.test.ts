import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { type PhoneNumberOptions, phoneNumber } from './phone-number.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

function read(text: string, country = 'US', options: PhoneNumberOptions = {}): string {
  const parsed = phoneNumber(options)(text, { ...person, country });
  return parsed.understood ? parsed.value : parsed.problem.code;
}

describe('phoneNumber', () => {
  it.each([
    ['US', '4155552671', '+14155552671'],
    ['US', '415 555 2671', '+14155552671'],
    ['US', '(415) 555-2671 thx', '+14155552671'],
    ['US', 'my number is 415.555.2671', '+14155552671'],
    ['US', '1-415-555-2671', '+14155552671'],
    ['US', '+1 (415) 555‑2671', '+14155552671'],
    ['US', '4155552671 x12', '+14155552671'],
    ['US', '+44 7911 123456', '+447911123456'],
    ['US', '00 49 151 23456789', '+4915123456789'],
    ['DE', '0151 23456789', '+4915123456789'],
    ['GB', '07911 123456', '+447911123456'],
    ['ES', '612 34 56 78', '+34612345678'],
    ['FR', '06 12 34 56 78', '+33612345678'],
    ['US', '４１５ ５５５ ２６７１', '+14155552671'],
    ['US', '415-555-2671, again: (415) 555 2671', '+14155552671'],
  ])('reads in %s %j as %s', (country, text, number) => expect(read(text, country)).toBe(number));

  it.each([
    ['US', 'no', 'not-a-phone-number'],
    ['US', '', 'not-a-phone-number'],
    ['US', '12', 'not-a-phone-number'],
    ['US', '555', 'too-short'],
    ['US', '5552671', 'too-short'],
    ['US', '415555267199999', 'too-long'],
    ['US', '123 456 7890', 'not-in-use'],
    ['US', '+999 123 4567', 'no-country'],
    ['XX', '0151 23456789', 'no-country'],
    ['US', 'call 4155552671 or 4155552672', 'several'],
  ])('does not understand in %s %j: %s', (country, text, code) => expect(read(text, country)).toBe(code));

  it('takes numbers of the countries that it is told', () => {
    expect(read('+44 7911 123456', 'US', { countries: ['US', 'CA'] })).toBe('other-country');
    expect(read('+44 7400 123456', 'US', { countries: ['GB'] })).toBe('+447400123456');
    expect(read('604 555 0123', 'US', { countries: ['CA'] })).toBe('+16045550123');
  });

  it('reads a number of every country, as it is written there and abroad', () => {
    for (const country of getCountries()) {
      const number = getExampleNumber(country, examples);
      if (number === undefined) continue;
      expect(read(`it's ${number.formatInternational()}`, 'US'), country).toBe(number.number);
      expect(read(number.formatNational(), country), country).toBe(number.number);
    }
  });
});
