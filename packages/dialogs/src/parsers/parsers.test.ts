import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Circumstances, Parser } from './index.ts';
import * as parsers from './index.ts';

const every: Readonly<Record<string, Parser<unknown>>> = {
  anything: parsers.anything(),
  choice: parsers.choice({ small: ['s', '🐁'], large: ['l', 'big'], 'no thanks': [] }),
  choices: parsers.choices(['mushrooms', 'olives', 'extra cheese']),
  date: parsers.date({ future: true }),
  dateAndTime: parsers.dateAndTime({ future: true, soonest: true }),
  email: parsers.email(),
  matching: parsers.matching(/\d+/),
  money: parsers.money({ currency: 'USD' }),
  number: parsers.number(),
  personName: parsers.personName(),
  phoneNumber: parsers.phoneNumber(),
  postalCode: parsers.postalCode(),
  time: parsers.time(),
  yesOrNo: parsers.yesOrNo(),
};

const words =
  'yes no not maybe 2 twenty one and a half the second large small but all none at 3 tomorrow friday 3/15 12:30 pm $5 dollars cents @ ann gmail.com +1 415 555 2671 94103 my name is I am , . - ? ! 👍 1️⃣ ½ \n é ß 和 مرحبا \ud800 \u0000'.split(
    ' ',
  );
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join('')),
);
const people: fc.Arbitrary<Circumstances> = fc.record({
  now: fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }).map(Number),
  locale: fc.constantFrom(
    'en-US',
    'en-GB',
    'es-MX',
    'fr-FR',
    'de-DE',
    'pt-BR',
    'it',
    'nl-NL',
    'ja',
    'zz',
    '',
    'not a locale',
    'en_US',
  ),
  timeZone: fc.constantFrom('America/Chicago', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'),
  country: fc.constantFrom('US', 'GB', 'MX', 'FR', 'DE', 'BR', 'JP', 'ZZ', ''),
});

describe.each(Object.entries(every))('%s', (_, parser) => {
  it('throws at no text, and gives plain data, the same each time', () => {
    fc.assert(
      fc.property(texts, people, (text, person) => {
        const parsed = parser(text, person);
        expect(parser(text, person)).toEqual(parsed);
        expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
        if (!parsed.understood) expect(parsed.problem.code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      }),
      { numRuns: 60 },
    );
  });

  it('takes a page of anything', () => {
    const person = { now: 0, locale: 'en-US', country: 'US', timeZone: 'UTC' };
    for (const part of ['a', '1', '1,', '- ', '. ', '👍', 'no ', 'ann at ', '1 ']) {
      expect(() => parser(part.repeat(1_500), person)).not.toThrow();
    }
  });
});
