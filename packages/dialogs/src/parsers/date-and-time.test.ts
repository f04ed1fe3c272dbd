import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterEach, describe, expect, it } from 'vitest';
import { date } from './date.ts';
import { dateAndTime, type Moment } from './date-and-time.ts';
import type { Circumstances, Parser } from './parser.ts';
import { time } from './time.ts';

/** Monday, 5 January 2026, ten in the morning where the person is. */
const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

const REGIONS: Readonly<Record<string, Pick<Circumstances, 'locale' | 'country' | 'timeZone'>>> = {
  us: { locale: 'en-US', country: 'US', timeZone: 'America/Chicago' },
  gb: { locale: 'en-GB', country: 'GB', timeZone: 'Europe/London' },
  es: { locale: 'es-ES', country: 'ES', timeZone: 'Europe/Madrid' },
  fr: { locale: 'fr-FR', country: 'FR', timeZone: 'Europe/Paris' },
  de: { locale: 'de-DE', country: 'DE', timeZone: 'Europe/Berlin' },
  pt: { locale: 'pt-BR', country: 'BR', timeZone: 'America/Sao_Paulo' },
};

const appointment = dateAndTime({ future: true });

/** `2026-01-06 15:00`, with what is assumed behind it; or the code of the problem. */
function read(parser: Parser<Partial<Moment>>, text: string, region = 'us', now = person.now): string {
  const parsed = parser(text, { ...person, ...REGIONS[region], now });
  if (!parsed.understood) return parsed.problem.code;
  const { date: day, time: clock, assumed = [] } = parsed.value;
  return [day, clock, ...assumed].filter((part) => part !== undefined).join(' ');
}

describe('dateAndTime', () => {
  it.each([
    ['tomorrow at 3', '2026-01-06 15:00 meridiem'],
    ['Tomorrow at 3pm!', '2026-01-06 15:00'],
    ['tomorrow 9', 'no-time'],
    ['tomorrow 15:30', '2026-01-06 15:30'],
    ['tmrw 5p', '2026-01-06 17:00'],
    ['tomorrow @ 3', '2026-01-06 15:00 meridiem'],
    ['day after tomorrow noon', '2026-01-07 12:00'],
    ['next friday at noon', '2026-01-16 12:00 week'],
    ['in two hours', '2026-01-05 12:00'],
    ['in half an hour', '2026-01-05 10:30'],
    ['now', '2026-01-05 10:00'],
    ['in 3 days at 10', '2026-01-08 10:00 meridiem'],
    ['today at 9', '2026-01-05 21:00 meridiem'],
    ['tonight at 8', '2026-01-05 20:00'],
    ['midnight tonight', '2026-01-06 00:00'],
    ['8 in the evening tomorrow', '2026-01-06 20:00'],
    ['friday at 3', '2026-01-09 15:00 week meridiem'],
    ['monday at 9', '2026-01-12 09:00 week meridiem'],
    ['monday 3pm', '2026-01-05 15:00 week'],
    ['thurs 9am', '2026-01-08 09:00 week'],
    ['friday, maybe around 3 pm', '2026-01-09 15:00 week'],
    ["I'd love to come on Tuesday at three thirty please", '2026-01-06 15:30 week meridiem'],
    ['15/3 at 3pm', '2026-03-15 15:00 year'],
    ['3/15 15:00', '2026-03-15 15:00 year'],
    ['3/4 3pm', '2026-03-04 15:00 year'],
    ['2026-03-05 09:30', '2026-03-05 09:30'],
    ['March 5, 2027 at 9:30 am', '2027-03-05 09:30'],
    ['Jan 4 5pm', '2027-01-04 17:00 year'],
    ['half past 4 on the 15th', '2026-01-15 16:30 month meridiem'],
    ['the 4th at 10am', '2026-02-04 10:00 month'],
    ['quarter to five tomorrow', '2026-01-06 16:45 meridiem'],
    ['3pm EST tomorrow', '2026-01-06 14:00'],
  ])('reads %j as %s', (text, expected) => expect(read(appointment, text)).toBe(expected));

  it.each([
    ['gb', '3/4 at 3pm', '2026-04-03 15:00 year'],
    ['es', 'mañana a las 3', '2026-01-06 15:00 meridiem'],
    ['es', 'manana a las 15:30', '2026-01-06 15:30'],
    ['es', 'el próximo viernes a las 5 de la tarde', '2026-01-16 17:00 week'],
    ['es', 'en dos horas', '2026-01-05 19:00'],
    ['es', 'viernes a mediodía', '2026-01-09 12:00 week'],
    ['es', '15/3 a las 15:30', '2026-03-15 15:30 year'],
    ['es', 'el lunes a las tres y media', '2026-01-12 15:30 week meridiem'],
    ['es', 'pasado mañana a las 10', '2026-01-07 10:00 meridiem'],
    ['es', 'el día 15 a las 9', '2026-01-15 09:00 month meridiem'],
    ['es', 'la semana que viene', 'vague'],
    ['es', 'tomorrow at 3pm', '2026-01-06 15:00'],
    ['fr', 'demain à 3h', '2026-01-06 15:00 meridiem'],
    ['fr', 'vendredi prochain à 15h30', '2026-01-16 15:30 week'],
    ['fr', 'dans deux heures', '2026-01-05 19:00'],
    ['fr', 'demain midi', '2026-01-06 12:00'],
    ['fr', '15/3 à 15h', '2026-03-15 15:00 year'],
    ['fr', 'après-demain à 9h du matin', '2026-01-07 09:00'],
    ['fr', 'samedi à 3 heures et demie', '2026-01-10 15:30 week meridiem'],
    ['de', 'morgen um 3', '2026-01-06 15:00 meridiem'],
    ['de', 'nächsten Freitag um 15 Uhr', '2026-01-16 15:00 week'],
    ['de', 'in zwei Stunden', '2026-01-05 19:00'],
    ['de', '15.3. 15 Uhr', '2026-03-15 15:00 year'],
    ['de', 'heute um 8 Uhr abends', '2026-01-05 20:00'],
    ['de', 'Montag um halb vier', '2026-01-12 15:30 week meridiem'],
    ['de', 'übermorgen viertel nach 4', '2026-01-07 16:15 meridiem'],
    ['de', 'am 15. um 10', '2026-01-15 10:00 month meridiem'],
    ['pt', 'amanhã às 3', '2026-01-06 15:00 meridiem'],
    ['pt', 'próxima sexta às 15h30', '2026-01-09 15:30 week'],
    ['pt', 'em duas horas', '2026-01-05 15:00'],
    ['pt', 'amanhã ao meio-dia', '2026-01-06 12:00'],
    ['pt', '15/3 às 15h', '2026-03-15 15:00 year'],
    ['pt', 'segunda-feira às 9 da manhã', '2026-01-12 09:00 week'],
    ['pt', 'depois de amanhã às 10', '2026-01-07 10:00 meridiem'],
  ])('reads in %s %j as %s', (region, text, expected) => expect(read(appointment, text, region)).toBe(expected));

  it.each([
    ['', 'not-a-date'],
    ['hello', 'not-a-date'],
    ['3', 'not-a-date'],
    ['in 99999999999 days at 3', 'not-a-date'],
    ['next friday', 'no-time'],
    ['tomorrow morning', 'no-time'],
    ['noon', 'no-date'],
    ['at 3', 'no-date'],
    ['march at 3', 'no-date'],
    ['yesterday 5pm', 'in-the-past'],
    ['last friday at 3', 'in-the-past'],
    ['2 hours ago', 'in-the-past'],
    ['2020-01-01 10:00', 'in-the-past'],
    ['30/2 at 5', 'no-such-date'],
    ['sat 10/1 3pm', 'no-such-date'],
    ['next week', 'vague'],
    ['this weekend', 'vague'],
    ['friday 3-5pm', 'range'],
    ['friday after 5', 'range'],
    ['monday or tuesday', 'several'],
    ['tomorrow at 3 or 4pm', 'several'],
  ])('does not understand %j: %s', (text, code) => expect(read(appointment, text)).toBe(code));

  it('says what is there, so that the next question is only about what is not', () => {
    expect(appointment('next friday', person)).toEqual({
      understood: false,
      problem: { code: 'no-time', details: { date: '2026-01-16' } },
    });
    expect(appointment('at 3', person)).toEqual({
      understood: false,
      problem: { code: 'no-date', details: { time: '15:00' } },
    });
    expect(appointment('yesterday 5pm', person)).toMatchObject({
      problem: { details: { date: '2026-01-04', time: '17:00' } },
    });
  });

  it('fills in what it is told to', () => {
    const lenient = dateAndTime({ future: true, soonest: true, defaultTime: '09:00' });
    expect(read(lenient, 'at 3')).toBe('2026-01-05 15:00 date meridiem');
    expect(read(lenient, '9am')).toBe('2026-01-06 09:00 date');
    expect(read(lenient, 'friday')).toBe('2026-01-09 09:00 week time');
    expect(read(dateAndTime({ dayFrom: '00:00' }), 'tomorrow at 3')).toBe('2026-01-06 03:00 meridiem');
    expect(read(dateAndTime(), 'yesterday 5pm')).toBe('2026-01-04 17:00');
    expect(dateAndTime({ withinDays: 7 })('2026-01-20 10:00', person)).toMatchObject({
      problem: { code: 'too-far', details: { withinDays: 7 } },
    });
    expect(() => dateAndTime({ defaultTime: '25:00' })).toThrow(/HH:MM/);
  });

  it('gives the moment itself, as plain data', () => {
    const parsed = appointment('tomorrow at 3pm', person);
    expect(JSON.parse(JSON.stringify(parsed))).toEqual({
      understood: true,
      value: {
        at: Date.UTC(2026, 0, 6, 21),
        date: '2026-01-06',
        time: '15:00',
        timeZone: 'America/Chicago',
        assumed: [],
      },
    });
  });

  describe('where clocks are set', () => {
    const at = (text: string, now = person.now) => {
      const parsed = appointment(text, { ...person, now });
      return parsed.understood ? parsed.value : undefined;
    };

    it('moves a time that clocks skip as far as they skip', () => {
      expect(at('2026-03-08 02:30')).toMatchObject({
        at: Date.UTC(2026, 2, 8, 8, 30),
        time: '03:30',
        assumed: ['offset'],
      });
    });

    it('takes the earlier of a time that they show twice, unless that is past', () => {
      expect(at('2026-11-01 01:30')).toMatchObject({
        at: Date.UTC(2026, 10, 1, 6, 30),
        time: '01:30',
        assumed: ['offset'],
      });
      expect(at('2026-11-01 01:30', Date.UTC(2026, 10, 1, 7))).toMatchObject({
        at: Date.UTC(2026, 10, 1, 7, 30),
        assumed: ['offset'],
      });
    });

    it('counts hours as they pass, and days as the calendar has them', () => {
      const eve = Date.UTC(2026, 2, 8, 4); // 22:00, four hours ahead
      expect(at('in 6 hours', eve)).toMatchObject({ at: eve + 6 * 3_600_000, date: '2026-03-08', time: '05:00' });
      expect(at('tomorrow at 10pm', eve)).toMatchObject({
        date: '2026-03-08',
        time: '22:00',
        at: eve + 23 * 3_600_000,
      });
    });
  });

  it('reads what is written of any moment, in any zone', () => {
    const zones = fc.constantFrom(
      'America/Chicago',
      'Europe/London',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'America/Sao_Paulo',
      'UTC',
    );
    const moments = fc
      .integer({ min: Date.UTC(2026, 1, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 })
      .map((minutes) => minutes * 60_000);
    const formats = fc.constantFrom(
      'yyyy-MM-dd HH:mm',
      "MMMM d, yyyy 'at' h:mm a",
      'M/d/yyyy h:mm a',
      "cccc, LLLL d yyyy 'at' HH:mm",
    );
    fc.assert(
      fc.property(zones, moments, formats, (timeZone, moment, format) => {
        const local = DateTime.fromMillis(moment, { zone: timeZone, locale: 'en-US' });
        const parsed = appointment(local.toFormat(format), { ...person, timeZone });
        if (!parsed.understood) throw new Error(parsed.problem.code);
        const { at, assumed } = parsed.value;
        // Of a time that is there twice, the text says too little.
        expect(assumed.includes('offset') ? local.toFormat(format) : at).toBe(
          assumed.includes('offset')
            ? DateTime.fromMillis(at, { zone: timeZone, locale: 'en-US' }).toFormat(format)
            : moment,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('date', () => {
  it.each([
    ['us', 'tomorrow', '2026-01-06'],
    ['us', 'today', '2026-01-05'],
    ['us', 'friday', '2026-01-09 week'],
    ['us', 'monday', '2026-01-05 week'],
    ['us', '3/4', '2026-03-04 year'],
    ['gb', '3/4', '2026-04-03 year'],
    ['us', 'the 15th', '2026-01-15 month'],
    ['us', '15', '2026-01-15 month'],
    ['us', '5', '2026-01-05 month'],
    ['us', 'the 31st', '2026-01-31 month'],
    ['us', 'March 5, 2027', '2027-03-05'],
    ['us', 'dec 25', '2026-12-25 year'],
    ['us', 'in 2 weeks', '2026-01-19'],
    ['us', 'in an hour', '2026-01-05'],
    ['us', 'friday at 3pm', '2026-01-09 week'],
    ['de', '4.3.2027', '2027-03-04'],
    ['us', 'yesterday', 'in-the-past'],
    ['us', '2/29', 'no-such-date'],
    ['us', '3pm', 'no-date'],
    ['us', 'next month', 'vague'],
    ['us', 'x', 'not-a-date'],
  ])('reads in %s %j as %s', (region, text, expected) =>
    expect(read(date({ future: true }), text, region)).toBe(expected),
  );

  it('begins when the day begins in the zone, also where that is not at midnight', () => {
    expect(date()('2026-01-06', person)).toEqual({
      understood: true,
      value: { date: '2026-01-06', at: Date.UTC(2026, 0, 6, 6), assumed: [] },
    });
    const cairo = { ...person, timeZone: 'Africa/Cairo' };
    expect(date()('2026-04-24', cairo)).toMatchObject({ value: { date: '2026-04-24', at: Date.UTC(2026, 3, 23, 22) } });
  });
});

describe('time', () => {
  it.each([
    ['3', '15:00 meridiem'],
    ['15', '15:00'],
    ['1530', '15:30'],
    ['930', '09:30 meridiem'],
    ['0730', '07:30'],
    ['3.30', '15:30 meridiem'],
    ['3:30 pm', '15:30'],
    ['3:30PM.', '15:30'],
    ['at 7', '07:00 meridiem'],
    ['half past four', '16:30 meridiem'],
    ['quarter past 9', '09:15 meridiem'],
    ['noon', '12:00'],
    ['midnight', '00:00'],
    ['three', '15:00 meridiem'],
    ["3 o'clock", '15:00 meridiem'],
    ['8 in the morning', '08:00'],
    ['15h30', '15:30'],
    ['9ish', '09:00 meridiem'],
    ['12', '12:00'],
    ['tomorrow at 3pm', '15:00'],
    ['in two hours', '12:00'],
    ['3pm EST', '14:00'],
    ['tomorrow', 'no-time'],
    ['25:00', 'not-a-time'],
    ['x', 'not-a-time'],
    ['', 'not-a-time'],
    ['5pm or 6pm', 'several'],
    ['5-6pm', 'range'],
    ['after 5', 'range'],
  ])('reads %j as %s', (text, expected) => expect(read(time(), text)).toBe(expected));

  it('keeps to its hours, and takes the half of the day that is within them', () => {
    const evening = time({ min: '18:00', max: '22:00' });
    expect(read(evening, '8')).toBe('20:00 meridiem');
    expect(evening('5pm', person)).toEqual({
      understood: false,
      problem: { code: 'too-early', details: { time: '17:00', min: '18:00' } },
    });
    expect(evening('11pm', person)).toEqual({
      understood: false,
      problem: { code: 'too-late', details: { time: '23:00', max: '22:00' } },
    });
    expect(() => time({ min: '18:00', max: '17:00' })).toThrow(/min/);
  });
});

describe('the zone of the process', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('changes nothing', () => {
    const texts = [
      'tomorrow at 2:30',
      'friday at 3',
      'in two hours',
      'in 14 hours',
      '2026-03-08 02:30',
      '3/8 2:30am',
      'now',
      'tonight at 8',
      'the 29th at 9',
      'in 3 days at 10',
      'in 2 weeks noon',
      'next sunday at 2:15 am',
      'yesterday at 1am',
    ];
    const nows = [
      person.now,
      Date.UTC(2026, 2, 7, 20),
      Date.UTC(2026, 2, 28, 23, 30),
      Date.UTC(2026, 9, 24, 23),
      Date.UTC(2026, 10, 1, 6),
    ];
    const readAll = () =>
      nows.flatMap((now) => texts.map((text) => JSON.stringify(appointment(text, { ...person, now }))));
    const there = [
      'UTC',
      'America/Chicago',
      'Europe/Berlin',
      'Asia/Kolkata',
      'Pacific/Auckland',
      'America/St_Johns',
      'Africa/Cairo',
    ].map((name) => {
      process.env.TZ = name;
      expect(0 - new Date(2026, 6, 1).getTimezoneOffset()).toBe(DateTime.fromISO('2026-07-01', { zone: name }).offset);
      return readAll();
    });
    for (const results of there) expect(results).toEqual(there[0]);
  });
});
