import { describe, expect, it } from 'vitest';
import { defineTexts } from '../src/index.ts';

const AT = Date.UTC(2026, 0, 5, 17, 30);

function say(pattern: string, values: object, locale = 'en'): string {
  const texts = defineTexts(locale, { [locale]: { text: pattern } });
  return texts('text', values as never).toString();
}

describe('words', () => {
  it.each([
    ['{n, plural, one {# text} other {# texts}}', { n: 1 }, 'en', '1 text'],
    ['{n, plural, one {# text} other {# texts}}', { n: 1200 }, 'en', '1,200 texts'],
    ['{n, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}', { n: 3 }, 'pl', '3 pliki'],
    ['{n, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}', { n: 5 }, 'pl', '5 plików'],
    ['{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} time', { n: 22 }, 'en', '22nd time'],
    ['{who, select, female {She} male {He} other {They}} came', { who: 'x' }, 'en', 'They came'],
    ['{isNew, select, true {Welcome} other {Welcome back}}', { isNew: true }, 'en', 'Welcome'],
    ['{sum, number, ::currency/EUR}', { sum: 1234.5 }, 'fr', '1 234,50 €'],
    ['{at, date, ::EEEEMMMMd}', { at: AT }, 'de', 'Montag, 5. Januar'],
    ['{at, time, short}', { at: new Date(AT) }, 'en-US', '5:30 PM'],
    ["don't '{quote}' {name}, <b>please</b>", { name: "O'Neil" }, 'en', "don't {quote} O'Neil, <b>please</b>"],
  ])('of %s', (pattern, values, locale, words) => {
    expect(say(pattern, values, locale)).toBe(words);
  });

  it('have the time of whoever hears them, and of the default zone where that is not known', () => {
    const texts = defineTexts('en', { en: { at: '{at, time, short}' } }, { timeZone: 'Europe/Berlin' });
    const at = texts('at', { at: AT });
    expect(at.in({ timeZone: 'America/Los_Angeles' })).toBe('9:30 AM');
    expect(at.in({})).toBe('6:30 PM');
    expect(at.in({ timeZone: 'Moon/Sea_of_Tranquility' })).toBe('6:30 PM');
    expect(String(at)).toBe('6:30 PM');
  });

  it('have no spaces that are in no alphabet of SMS', () => {
    for (const locale of ['en', 'fr', 'es', 'de', 'pl', 'cs']) {
      expect(say('{n, number} {at, time, medium} {at, date, full}', { n: 1234567.5, at: AT }, locale)).not.toMatch(
        /[^\S ]/,
      );
    }
  });

  it('keep the direction of values in languages that run to the left, but for links', () => {
    const texts = defineTexts('ar', {
      ar: { call: 'اتصل على {phone} أو {link}', pick: '{kind, select, a {أ {phone}} other {ب}}' },
    });
    const call = texts('call', { phone: '+1 415 555 0100', link: 'https://a.example/x' });
    expect(call.in({ locale: 'ar' })).toBe('اتصل على \u2068+1 415 555 0100\u2069 أو https://a.example/x');
    expect(texts('pick', { kind: 'a', phone: '1' }).in({})).toBe('أ \u20681\u2069');
    expect(say('{phone}', { phone: '+1 415' }, 'en')).toBe('+1 415');
  });
});

describe('the language of somebody', () => {
  const texts = defineTexts('en', {
    en: { a: 'en', at: '{at, date, short}' },
    es: { a: 'es', at: '{at, date, short}' },
    'es-MX': { a: 'es-MX' },
    'pt-PT': { a: 'pt-PT', at: '{at, date, short}' },
    'zh-Hant': { a: 'zh-Hant', at: '{at, date, short}' },
  });

  it.each([
    ['es-MX', 'es-MX'],
    ['es_MX', 'es-MX'],
    ['ES-mx', 'es-MX'],
    ['es-MX-u-nu-latn', 'es-MX'],
    ['es-AR', 'es'],
    ['pt-BR', 'pt-PT'],
    ['pt', 'pt-PT'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hans', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    ['not a locale', 'en'],
    [undefined, 'en'],
  ])('for the locale %s is %s', (locale, expected) => {
    expect(texts('a').in(locale === undefined ? {} : { locale })).toBe(expected);
  });

  it('is that of the next best catalogue for what its own does not say', () => {
    expect(texts('at', { at: AT }).in({ locale: 'es-MX' })).toBe('5/1/26');
  });

  it('has dates and numbers as its own region writes them', () => {
    expect(texts('at', { at: AT }).in({ locale: 'en-GB' })).toBe('05/01/26');
    expect(texts('at', { at: AT }).in({ locale: 'en-US' })).toBe('1/5/26');
    // Nobody who reads English because there is nothing better expects its dates in another language.
    expect(texts('at', { at: AT }).in({ locale: 'fr' })).toBe('1/5/26');
  });

  it('does not run memory full, however many there are', () => {
    for (let index = 0; index < 600; index++) texts('at', { at: AT }).in({ locale: `es-x-a${index}` });
    expect(texts('a').in({ locale: 'es-x-a1' })).toBe('es');
  });
});
