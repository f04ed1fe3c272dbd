import { makeReaders } from './dates/chronos.ts';
import { clockOption } from './dates/clock-option.ts';
import { isoClock, isoDay } from './dates/instants.ts';
import { type Assumed, type Assumptions, candidatesFor, clocksFor, settled } from './dates/moment.ts';
import { readSaid, type Said } from './dates/said.ts';
import { type Circumstances, notUnderstood, type Parsed, type Parser, understood, withExamples } from './parser.ts';

/** A moment as somebody in a place meant it. Plain data. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The date in the person's zone, ISO 8601: `2026-01-06`. */
  readonly date: string;
  /** What clocks show there: `15:00`. */
  readonly time: string;
  /** IANA. */
  readonly timeZone: string;
  /** What was not said, and is as it probably was meant: confirm what matters. */
  readonly assumed: readonly Assumed[];
}

export interface DateAndTimeOptions {
  /**
   * Whether what is past is refused, and what may be past or not (`friday`, `15/3`, `at 3`) is moved forward. Default: false.
   */
  readonly future?: boolean;
  /** How many days ahead it may be. Default: any. */
  readonly withinDays?: number;
  /** What is taken where a date comes without a time, `HH:MM`. Default: none; the time has to be said. */
  readonly defaultTime?: string;
  /** Whether a time without a date is the next such time. Default: false; the date has to be said. */
  readonly soonest?: boolean;
  /** An hour without am or pm is one of the twelve from this one on, `HH:MM`. Default: `07:00`, so that `at 3` is 15:00. */
  readonly dayFrom?: string;
}

/**
 * A date with a time, in the person's zone: `tomorrow at 3`, `next friday noon`, `in two hours`, `15/3 3:30 pm`, `half past 4 on the 15th`.
 * Whether 4/3 is in March or in April is for the person's region to say (CLDR). Languages: en, es, fr, de, pt, and what chrono-node
 * knows of it and nl; English is understood from everybody.
 *
 * A time that clocks show twice, as they are set back, is the earlier one; one that they skip is as much later as they skip.
 *
 * ```ts
 * const when = dateAndTime({ future: true, withinDays: 60 });
 * ```
 *
 * Problems: `not-a-date`; `no-time` with `date`; `no-date` with `time`; `in-the-past` with `date` and `time`; `too-far` with `date`, `time` and
 * `withinDays`; `no-such-date` (`30/2`, a weekday that the date is not); `vague` (`next week`); `range` (`friday 3-5 pm`); `several`.
 *
 * @throws `error.platform.config.malformed` if `defaultTime` or `dayFrom` is no `HH:MM`.
 */
export function dateAndTime(options: DateAndTimeOptions = {}): Parser<Moment> {
  const { future = false, withinDays, defaultTime, soonest = false, dayFrom = '07:00' } = options;
  const readers = makeReaders();
  const assumptions = { future, dayFrom: clockOption('dateAndTime', dayFrom) };
  const assumedClock = defaultTime === undefined ? undefined : clockOption('dateAndTime', defaultTime);
  const examples = (withinDays ?? 2) < 2 ? [LATE_TODAY] : [LATE_TODAY, 'tomorrow at 3 pm'];
  return withExamples(examples, (text, circumstances) => {
    const { now, timeZone } = circumstances;
    const said = readSaid(text, circumstances, readers, 'nothing');
    if (!said.understood) return said;
    const { day, clock, at } = said.value;
    const hasDay = day !== undefined || soonest;
    const hasClock = clock !== undefined || assumedClock !== undefined;
    if (at === undefined && !(hasDay && hasClock)) return incomplete(said.value, circumstances, assumptions);
    const candidates = candidatesFor(said.value, assumedClock ?? assumptions.dayFrom, circumstances, assumptions);
    const moment = settled(candidates, { isEarly: (instant) => future && instant.at < now, now, withinDays });
    if (!moment.understood) return moment;
    const { instant, assumed } = moment.value;
    return understood({
      at: instant.at,
      date: isoDay(instant.day),
      time: isoClock(instant.clock),
      timeZone,
      assumed,
    });
  });
}

/** Later than it is, and not as far away as tomorrow. */
const LATE_TODAY = 'today at 11:30 pm';

/** What is there, so that the next question is only about what is not. */
function incomplete(said: Said, circumstances: Circumstances, assumptions: Assumptions): Parsed<never> {
  if (said.day === undefined) {
    const [likeliest] = said.clock === undefined ? [] : clocksFor(said.clock, assumptions.dayFrom);
    return notUnderstood('no-date', likeliest === undefined ? {} : { time: isoClock(likeliest) });
  }
  const { now } = circumstances;
  const candidates = candidatesFor(said, { hour: 23, minute: 59 }, circumstances, assumptions);
  const day = settled(candidates, { isEarly: (instant) => assumptions.future && instant.at < now, now });
  return day.understood ? notUnderstood('no-time', { date: isoDay(day.value.instant.day) }) : day;
}
