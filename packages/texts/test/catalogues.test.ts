import { describe, expect, it } from 'vitest';
import { type Catalogues, defineTexts } from '../src/index.ts';

function problemsOf(catalogues: Catalogues, defaultLocale = 'en'): string {
  try {
    defineTexts(defaultLocale, catalogues as never);
    return '';
  } catch (error) {
    expect(error).toMatchObject({ code: 'error.platform.config.malformed', details: { where: 'defineTexts' } });
    return String((error as { details: { problem: string } }).details.problem);
  }
}

const en = { hello: 'Hello {name}', bye: 'Goodbye' };

describe('catalogues that do not fit together are refused', () => {
  it.each<[string, Catalogues, string]>([
    ['a missing key', { en, es: { hello: 'Hola {name}' } }, 'es.bye is missing'],
    [
      'a key that is not in the default locale',
      { en, es: { ...en, helo: '' } },
      'es.helo is not in the default locale (did you mean hello?)',
    ],
    ['a missing variable', { en, es: { ...en, hello: 'Hola' } }, 'es.hello does not say {name}'],
    [
      'an unknown variable',
      { en, es: { ...en, bye: 'Adiós {name}' } },
      'es.bye says {name}, which is not in the default locale',
    ],
    [
      'a variable of another kind',
      { en, es: { ...en, hello: '{name, number}' } },
      'es.hello takes less for {name} than the default locale',
    ],
    [
      'a region that says what its language does not',
      { en, es: en, 'es-MX': { ciao: '' } },
      'es-MX.ciao is not in the default locale',
    ],
    ['a region without its language', { en, 'es-MX': { bye: '' } }, 'es-MX.hello is missing'],
    ['no default', { es: en }, 'there is no catalogue of the default locale en'],
    ['a locale written otherwise', { en, es_mx: en }, 'es_mx is no locale: write es-MX'],
    ['no locale at all', { en, 'my language': en }, 'my language is no locale'],
    ['a brace that is not closed', { en: { a: 'Hi {name' } }, 'en.a: expect argument closing brace at character 4'],
    ['a plural without other', { en: { a: '{n, plural, one {#}}' } }, 'en.a: missing other clause at character 20'],
    ['an unknown kind', { en: { a: '{n, money}' } }, 'en.a: invalid argument type at character 5'],
    [
      'an unknown style',
      { en: { a: '{d, date, quick}' } },
      'en.a: there is no style quick, only short, medium, long, full',
    ],
    [
      'a language that Intl does not know',
      { en: { a: '{n, number}' }, tlh: { a: '{n, number}' } },
      'tlh.a: this Node.js has no plurals, numbers and dates of tlh',
    ],
  ])('%s', (_, catalogues, problem) => {
    expect(problemsOf(catalogues)).toContain(problem);
  });

  it('all at once, without a word of any text', () => {
    const problems = problemsOf({ en, es: { hello: 'Hola secreta' }, fr: { bye: 'secret {' } });
    expect(problems.split('; ')).toHaveLength(4);
    expect(problems).not.toMatch(/secret|Hola/);
  });

  it('and not more than anybody reads', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, '']));
    expect(problemsOf({ en: many, es: {} })).toMatch(/; and 40 more$/);
  });

  it('where a time zone is none', () => {
    expect(() => defineTexts('en', { en: {} }, { timeZone: 'Mars' })).toThrow('timeZone: Mars is no time zone');
  });
});

describe('catalogues that fit', () => {
  it('may be in a language that Intl does not know, as long as it need not', () => {
    expect(problemsOf({ en, tlh: { hello: 'nuqneH {name}', bye: 'Qapla' } })).toBe('');
  });

  it('tell their locales and keys', () => {
    const texts = defineTexts('en', { en: { a: '', b: '' }, es: { a: '', b: '' } });
    expect({ ...texts }).toMatchObject({ defaultLocale: 'en', locales: ['en', 'es'], keys: ['a', 'b'] });
  });
});

describe('warnings', () => {
  it('name forms that a language has and a text has not', () => {
    const texts = defineTexts('en', {
      en: { n: '{n, plural, one {#} other {#}}', place: '{n, selectordinal, one {#st} other {#th}}' },
      pl: { n: '{n, plural, one {#} many {#} other {#}}', place: '{n, selectordinal, other {#}}' },
      es: { n: '{n, plural, one {#} other {#}}', place: '{n, selectordinal, other {#}}' },
      cy: {
        n: '{n, plural, =0 {} one {#} two {#} few {#} many {#} other {#}}',
        place: '{n, selectordinal, other {#}}',
      },
    });
    const found = texts.check().filter(({ locale }) => locale !== 'cy');
    expect(found.map(({ message }) => message)).toEqual([
      'en.place has no form two of {n}, as for 2: write two {…}.',
      'en.place has no form few of {n}, as for 3: write few {…}.',
      'pl.n has no form few of {n}, as for 2: write few {…}.',
    ]);
    expect(texts.check().some(({ locale, key }) => locale === 'cy' && key === 'n')).toBe(false);
  });

  it('name keys that nobody says', () => {
    const texts = defineTexts('en', { en: { a: '', b: '', c: '' } });
    expect(texts.check(["say(texts('a'))", 'say(texts("b"))'])).toEqual([
      { rule: 'unused', key: 'c', message: 'Nobody says c. Remove it from every language.' },
    ]);
    expect(texts.check()).toEqual([]);
  });
});

describe('what types would rule out', () => {
  const texts = defineTexts('en', { en: { hello: 'Hello {name}', count: '{n, plural, other {#}}', at: '{at, date}' } });

  it.each<[key: string, values: object | undefined, code: string, message: string]>([
    ['helo', {}, 'unknown-key', 'There is no text helo. Did you mean hello?'],
    ['hello', undefined, 'bad-value', 'wants a string or number for name, and was given nothing'],
    ['hello', { name: {} }, 'bad-value', 'was given object'],
    ['count', { n: '3' }, 'bad-value', 'wants a number for n, and was given string'],
    ['count', { n: Number.NaN }, 'bad-value', 'was given NaN'],
    ['at', { at: new Date(Number.NaN) }, 'bad-value', 'was given an invalid date'],
  ])('is refused as it is said: %s %j', (key, values, code, message) => {
    const say = () => String(texts(key as never, values as never));
    expect(say).toThrow(expect.objectContaining({ code: `error.platform.texts.${code}` }));
    expect(say).toThrow(message);
  });
});
