import { makeReaders } from './dates/chronos.ts';
import { dayAt, instantsAt, isoDay } from './dates/instants.ts';
import { type Assumed, candidatesFor, settled } from './dates/moment.ts';
import { readSaid } from './dates/said.ts';
import { notUnderstood, type Parser, understood, withExamples } from './parser.ts';

/** A day as somebody in a place meant it. Plain data. */
export interface CalendarDate {
  /** ISO 8601: `2026-01-06`. */
  readonly date: string;
  /** When the day begins in the person's zone: milliseconds since the epoch. */
  readonly at: number;
  /** What was not said, and is as it probably was meant. */
  readonly assumed: readonly Assumed[];
}

export interface DateOptions {
  /** Whether days before today are refused, and days of any week, month or year are moved forward. Default: false. */
  readonly future?: boolean;
  /** How many days ahead it may be. Default: any. */
  readonly withinDays?: number;
}

/**
 * A date in the person's zone: `tomorrow`, `friday`, `15/3`, `the 15th`, `March 5, 2027`, `15`. A time beside it is left out.
 *
 * Problems: `not-a-date`; `no-date` (a time only); `in-the-past` with `date`; `too-far` with `date` and `withinDays`; `no-such-date`;
 * `vague`; `range`; `several`. As in `dateAndTime`.
 */
export function date({ future = false, withinDays }: DateOptions = {}): Parser<CalendarDate> {
  const readers = makeReaders();
  return withExamples([(withinDays ?? 2) < 2 ? 'today' : 'tomorrow'], (text, circumstances) => {
    const said = readSaid(text, circumstances, readers, 'day');
    if (!said.understood) return said;
    const { now, timeZone } = circumstances;
    const { day, at } = said.value;
    if (day === undefined && at === undefined) return notUnderstood('no-date');
    const noon = { hour: 12, minute: 0 };
    const { clock: _, ...dayOnly } = said.value;
    const candidates = candidatesFor(dayOnly, noon, circumstances, { future, dayFrom: noon });
    const today = isoDay(dayAt(now, timeZone));
    const chosen = settled(candidates, { isEarly: ({ day: each }) => future && isoDay(each) < today, now, withinDays });
    if (!chosen.understood) {
      const { time: _time, ...details } = chosen.problem.details ?? {};
      return notUnderstood(chosen.problem.code, details);
    }
    const { instant, assumed } = chosen.value;
    const begins = instantsAt(instant.day, { hour: 0, minute: 0 }, timeZone)[0] ?? instant;
    return understood({
      date: isoDay(instant.day),
      at: begins.at,
      assumed: assumed.filter((each) => each !== 'time' && each !== 'offset'),
    });
  });
}
