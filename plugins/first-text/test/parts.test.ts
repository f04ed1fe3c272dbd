import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete, LONGEST_TEXT } from '../src/footer.ts';
import { missingParts, PARTS, type Part } from '../src/parts.ts';
import { LANGUAGES, languageOf, languagesWith } from '../src/wording.ts';

const SENDER = { brand: 'Example Clinic', program: undefined };
const ALL = PARTS.filter((part) => part !== 'program');

function missing(text: string): readonly Part[] {
  const { full, short } = LANGUAGES.en!;
  return missingParts(text, SENDER, [full, short]);
}

const without = (...parts: readonly Part[]): readonly Part[] => ALL.filter((part) => !parts.includes(part));

describe('what a text has already', () => {
  it.each<[string, readonly Part[]]>([
    ['Hello', ALL],
    ['', ALL],
    ['EXAMPLE  CLINIC: hello', without('brand')],
    ['Example-Clinic says hello', without('brand')],
    ['Example Clinics are many', ALL],
    ['Reply HELP for help, STOP to cancel.', without('help', 'stop')],
    ['Text STOP to end or HELP', without('help', 'stop')],
    ['Text "stop" and we will.', without('stop')],
    ['HELP 4 help, STOP=end', without('help', 'stop')],
    ['How can we help? We never stop.', ALL],
    ['WE ARE HERE TO HELP. NEVER STOP.', ALL],
    ['Reply if you need help', ALL],
    ['Répondez ARRÊT pour vous désabonner', without('stop')],
    ['Responda AYUDA para ayuda', without('help')],
    ['Msg&data rates may apply', without('rates')],
    ['Message and data rates may apply.', without('rates')],
    ['Std. carrier charges could apply', without('rates')],
    ['Interest rates may apply', ALL],
    ['Pueden aplicarse tarifas de mensajes', without('rates')],
    ['Msg frequency varies', without('frequency')],
    ['Up to 4 msgs/month', without('frequency')],
    ['2 messages per week', without('frequency')],
    ['hasta 4 mensajes al mes', without('frequency')],
    ['Fréquence des messages variable', without('frequency')],
    ['We text a day before your visit', ALL],
    [
      'Example Clinic: You are subscribed. Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to cancel.',
      [],
    ],
  ])('%j lacks %j', (text, parts) => {
    expect(missing(text)).toEqual(parts);
  });

  it('is what the options say, whatever that is', () => {
    const languages = languagesWith({ en: { frequency: 'We write when there is a need.' } });
    const { full, short } = languages.get('en')!;
    expect(missingParts('WE WRITE when  there is a need.', SENDER, [full, short])).not.toContain('frequency');
  });
});

describe('a text that is made complete', () => {
  const language = fc.constantFrom(...Object.values(LANGUAGES));
  const program = fc.option(fc.constantFrom('your appointments', 'Ärzte & Co.'), { nil: undefined });

  it('begins as it was, fits, and lacks nothing, or is as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: LONGEST_TEXT }),
        language,
        program,
        fc.string({ minLength: 1, maxLength: 100 }),
        (text, one, about, brand) => {
          const sender = { brand, program: about };
          const completed = complete(text, sender, one);
          expect(completed.text.startsWith(text)).toBe(true);
          expect(completed.text.length).toBeLessThanOrEqual(Math.max(LONGEST_TEXT, text.length));
          if (completed.missing.length > 0) return expect(completed.text).toBe(text);
          expect(missingParts(completed.text, sender, [one.full, one.short])).toEqual([]);
          expect(complete(completed.text, sender, one).text).toBe(completed.text);
        },
      ),
    );
  });

  it('takes few words where there is little room, and none where there is none', () => {
    const { en } = LANGUAGES;
    const lengths = [1400, 1495, 1599].map((length) => complete('x'.repeat(length), SENDER, en!).text.length - length);
    expect(lengths[0]).toBeGreaterThan(lengths[1]!);
    expect(lengths[1]).toBeGreaterThan(0);
    expect(lengths[2]).toBe(0);
    expect(complete('x'.repeat(1599), SENDER, en!).missing).toEqual(ALL);
  });

  it('says nothing in letters that would make a text cost more', () => {
    const GSM = /^[A-Za-z0-9 &.,:'éèàñüöä/{}]*$/;
    for (const { full, short } of Object.values(LANGUAGES)) {
      for (const sentence of [...Object.values(full), ...Object.values(short)]) expect(sentence).toMatch(GSM);
    }
  });
});

it.each([
  ['es-MX', 'es'],
  ['fr_CA', 'fr'],
  ['EN-us', 'en'],
  ['de-DE', 'en'],
  [undefined, 'en'],
])('the language of %s is %s', (locale, language) => {
  expect(languageOf(locale, new Map(Object.entries(LANGUAGES)), 'en')).toBe(LANGUAGES[language]);
});
