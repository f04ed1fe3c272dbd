import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MoneyOptions, money } from './money.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

function read(text: string, currency = 'USD', locale = 'en-US', options: Partial<MoneyOptions> = {}): number | string {
  const parsed = money({ currency, ...options })(text, { ...person, locale });
  return parsed.understood ? parsed.value.amount : parsed.problem.code;
}

describe('money', () => {
  it.each([
    ['$12.50', 1250],
    ['12.50', 1250],
    ['12', 1200],
    ['12 bucks', 1200],
    ['5$', 500],
    ['US$ 20', 2000],
    ['20 USD', 2000],
    ['$1,234.56', 123456],
    ['1.2k', 120000],
    ['$.50', 50],
    ['twelve dollars and fifty cents', 1250],
    ['12 dollars and 50 cents', 1250],
    ['12 dollars 50', 1250],
    ['80 cents', 80],
    ['50¢', 50],
    ['a hundred bucks', 10000],
    ['half a million dollars', 50_000_000],
    ['about $20', 2000],
    ['twenty', 2000],
    ['$0', 0],
    ['I can pay $40 please', 4000],
  ])('reads %j as %d cents', (text, amount) => expect(read(text)).toBe(amount));

  it.each([
    ['EUR', 'de-DE', '12,50 €', 1250],
    ['EUR', 'de-DE', '1.234,56 EUR', 123456],
    ['EUR', 'fr-FR', '12€50', 1250],
    ['EUR', 'de-DE', 'zwölf Euro', 1200],
    ['EUR', 'de-DE', '12 Euro 50', 1250],
    ['EUR', 'de-DE', '50 Cent', 50],
    ['EUR', 'es-ES', 'diez euros', 1000],
    ['GBP', 'en-GB', '£5', 500],
    ['GBP', 'en-GB', '5 quid', 500],
    ['GBP', 'en-GB', '50p', 50],
    ['JPY', 'en-US', '¥1,000', 1000],
    ['BRL', 'pt-BR', 'R$ 12,50', 1250],
    ['CAD', 'en-CA', '$20', 2000],
    ['MXN', 'es-MX', '20 pesos', 2000],
    ['KWD', 'en-US', '1.234', 1234],
  ])('reads %s in %s: %j as %d', (currency, locale, text, amount) => expect(read(text, currency, locale)).toBe(amount));

  it.each([
    ['', 'not-an-amount'],
    ['free', 'not-an-amount'],
    ['lots', 'vague'],
    ['12.345', 'too-precise'],
    ['-$5', 'too-low'],
    ['$5-10', 'range'],
    ['between $5 and $10', 'range'],
    ['$5 and $10', 'several'],
    ['at least $5', 'not-exact'],
    ['12,50 €', 'other-currency'],
    ['CA$20', 'other-currency'],
    ['20 eur', 'other-currency'],
    [`$${'9'.repeat(40)}`, 'too-high'],
  ])('does not understand %j: %s', (text, code) => expect(read(text)).toBe(code));

  it('says what is wrong with an amount', () => {
    const tip = money({ currency: 'USD', min: 100, max: 10_000 });
    expect(tip('50 cents', person)).toEqual({ understood: false, problem: { code: 'too-low', details: { min: 100 } } });
    expect(tip('$101', person)).toEqual({ understood: false, problem: { code: 'too-high', details: { max: 10_000 } } });
    expect(tip('5 €', person)).toEqual({
      understood: false,
      problem: { code: 'other-currency', details: { currency: 'EUR', expected: 'USD' } },
    });
    expect(() => money({ currency: 'XXY' })).toThrow(/ISO 4217/);
  });

  it('reads what Intl writes', () => {
    const places = fc.constantFrom(
      ['USD', 'en-US'],
      ['EUR', 'de-DE'],
      ['EUR', 'fr-FR'],
      ['GBP', 'en-GB'],
      ['JPY', 'ja-JP'],
      ['BRL', 'pt-BR'],
      ['CHF', 'de-CH'],
      ['SEK', 'sv-SE'],
      ['INR', 'en-IN'],
      ['PLN', 'pl-PL'],
      ['MXN', 'es-MX'],
      ['CAD', 'fr-CA'],
    );
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 1_000_000_000 }), ([currency = '', locale = ''], amount) => {
        const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
        const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
        expect(read(format.format(amount / 10 ** decimals), currency, locale)).toBe(amount);
      }),
      { numRuns: 300 },
    );
  });
});
