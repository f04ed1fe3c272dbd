import { describe, expect, it } from 'vitest';
import {
  anything,
  checked,
  choice,
  choices,
  date,
  dateAndTime,
  email,
  firstOf,
  mapped,
  matching,
  money,
  number,
  type Parser,
  personName,
  phoneNumber,
  postalCode,
  time,
  understood,
  withExamples,
  yesOrNo,
} from './index.ts';

const circumstances = {
  now: Date.UTC(2026, 0, 5, 17),
  locale: 'en-US',
  timeZone: 'America/New_York',
  country: 'US',
};
const sizes = { small: ['s'], large: { label: 'a large one' }, extraLarge: [] };

const parsers: Readonly<Record<string, Parser<unknown>>> = {
  anything: anything(),
  'anything long': anything({ minLength: 40 }),
  'anything short': anything({ maxLength: 3 }),
  number: number(),
  'a number with limits': number({ min: 0.5, max: 12.5 }),
  'a whole number with limits': number({ min: 0.5, max: 12.5, integer: true }),
  'a number below zero': number({ min: -5, max: -2 }),
  choice: choice(sizes),
  choices: choices(sizes),
  'several choices': choices(sizes, { min: 2, max: 2 }),
  date: date({ future: true, withinDays: 3 }),
  'a date today': date({ withinDays: 0 }),
  time: time(),
  'a time in the morning': time({ min: '08:30', max: '11:00' }),
  dateAndTime: dateAndTime({ future: true }),
  'a moment today': dateAndTime({ withinDays: 1 }),
  phoneNumber: phoneNumber(),
  'a German phone number': phoneNumber({ countries: ['DE'] }),
  email: email(),
  personName: personName(),
  'a whole name': personName({ minWords: 2 }),
  postalCode: postalCode(),
  'a Canadian postal code': postalCode({ countries: ['CA'] }),
  'a postal code elsewhere': postalCode({ countries: ['XX'] }),
  money: money({ currency: 'USD' }),
  'money with limits': money({ currency: 'USD', min: 1_250, max: 2_000 }),
  'money without cents': money({ currency: 'JPY', max: 500 }),
  yesOrNo: yesOrNo(),
  mapped: mapped(number(), (count) => count * 12),
  checked: checked(number(), () => undefined),
  firstOf: firstOf(yesOrNo(), choice(['later'])),
};

describe('examples', () => {
  it.each(Object.entries(parsers))('are understood, each as something else: %s', (_, parser) => {
    const { examples = [] } = parser;
    const values = examples.map((text) => parser(text, circumstances));
    expect(examples).not.toEqual([]);
    expect(values.filter((value) => !value.understood)).toEqual([]);
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBe(examples.length);
  });

  it('are those of the parts of a parser', () => {
    expect(parsers.firstOf?.examples).toEqual(['yes', 'no', 'later']);
    expect(parsers.choice?.examples).toEqual(['s', 'large', 'extraLarge']);
    expect(matching(/x/).examples).toBeUndefined();
  });

  it('can be given, which leaves the parser as it was', () => {
    const parser: Parser<string> = (text) => understood(text);
    const seat = withExamples(['12A'], parser);
    expect(seat.examples).toEqual(['12A']);
    expect(seat('3C', circumstances)).toEqual(understood('3C'));
    expect(parser.examples).toBeUndefined();
  });
});
