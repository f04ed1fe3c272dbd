import { type Circumstances, notUnderstood, type Parsed, understood } from '../parser.ts';
import {
  addDays,
  type ClockTime,
  type Day,
  dayAt,
  type Instant,
  instantFrom,
  instantsAt,
  isDay,
  isoClock,
  isoDay,
  nextWithNumber,
  weekdayOf,
} from './instants.ts';
import type { Said, SaidClock, SaidDay } from './said.ts';

/** What was not said, and is as it probably was meant. */
export type Assumed =
  /** The date: a time alone is the next such time. */
  | 'date'
  /** The week of a weekday. */
  | 'week'
  | 'month'
  | 'year'
  | 'time'
  /** Whether it is before noon or after. */
  | 'meridiem'
  /** Which of two, where clocks are set back and show a time twice; or the time itself, where they are set forward and skip it. */
  | 'offset';

/** A day and a time with what is assumed of them, as a moment in the person's zone. */
export interface Candidate {
  readonly instant: Instant;
  readonly assumed: readonly Assumed[];
}

/** How what is left out is filled in. */
export interface Assumptions {
  readonly future: boolean;
  /** An hour without am or pm is one of the twelve from this one on. */
  readonly dayFrom: ClockTime;
}

/**
 * The moments that may be meant, the likeliest first.
 *
 * @param assumedClock is the time of a date without one.
 */
export function candidatesFor(
  { day, clock, at, isPast }: Said,
  assumedClock: ClockTime,
  circumstances: Circumstances,
  { future, dayFrom }: Assumptions,
): readonly Candidate[] {
  const { timeZone } = circumstances;
  if (at !== undefined) return [{ instant: instantFrom(at, timeZone), assumed: [] }];
  const clocks = clock === undefined ? [{ ...assumedClock, assumed: ['time'] as const }] : clocksFor(clock, dayFrom);
  const days = daysFor(day, circumstances, future && !isPast);
  return days.flatMap(({ assumed: assumedOfDay, isFirm, ...each }) =>
    // Of a day that was said it may be the other half; of others it is rather another day.
    (isFirm ? clocks : clocks.slice(0, 1)).flatMap(({ assumed: assumedOfClock, ...time }) =>
      momentsAt(each, time, clock?.offset, timeZone).map((instant) => ({
        instant,
        assumed: [...assumedOfDay, ...assumedOfClock, ...(instant.isOdd ? (['offset'] as const) : [])],
      })),
    ),
  );
}

function momentsAt(day: Day, clock: ClockTime, offset: number | undefined, timeZone: string): readonly Instant[] {
  if (offset === undefined) return instantsAt(day, clock, timeZone);
  const at = Date.UTC(day.year, day.month - 1, day.day, clock.hour, clock.minute) - offset * 60_000;
  return [instantFrom(at, timeZone)];
}

type WithAssumed<Value> = Value & { readonly assumed: readonly Assumed[] };

function daysFor(
  said: SaidDay | undefined,
  { now, timeZone }: Circumstances,
  future: boolean,
): readonly WithAssumed<Day & { readonly isFirm: boolean }>[] {
  const today = dayAt(now, timeZone);
  if (said === undefined) {
    return [today, addDays(today, 1)].map((day) => ({ ...day, assumed: ['date'], isFirm: false }));
  }
  const { leftOut, weekday, ...day } = said;
  const isSo = (each: Day) => weekday === undefined || weekdayOf(each) === weekday;
  if (leftOut === undefined) return isSo(day) ? [{ ...day, assumed: [], isFirm: true }] : [];
  const later = future ? laterDays(day, leftOut) : [];
  return [day, ...later]
    .filter(isSo)
    .map((each) => ({ ...each, assumed: [leftOut], isFirm: isoDay(each) === isoDay(today) && leftOut !== 'week' }));
}

/** The same day of weeks, months or years to come. */
function laterDays(day: Day, leftOut: 'week' | 'month' | 'year'): readonly Day[] {
  if (leftOut === 'week') return [addDays(day, 7), addDays(day, 14)];
  if (leftOut === 'year') return [1, 2].map((years) => ({ ...day, year: day.year + years })).filter(isDay);
  const next = nextWithNumber(day.day, addDays(day, 1));
  return next === undefined ? [] : [next];
}

/** The hour that may be meant, and the one twelve hours from it. */
export function clocksFor(
  { hour, minute, isHalfKnown }: SaidClock,
  dayFrom: ClockTime,
): readonly WithAssumed<ClockTime>[] {
  if (isHalfKnown) return [{ hour, minute, assumed: [] }];
  const early = { hour: hour % 12, minute };
  const isDay = early.hour * 60 + minute >= dayFrom.hour * 60 + dayFrom.minute;
  const hours = isDay ? [early.hour, early.hour + 12] : [early.hour + 12, early.hour];
  return hours.map((each) => ({ hour: each, minute, assumed: ['meridiem'] }));
}

/** What a moment has to be. */
export interface Limits {
  readonly isEarly: (instant: Instant) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly withinDays?: number | undefined;
}

const DAY = 86_400_000;

/** The first moment that may be taken. Problems: `in-the-past`, `too-far`, `no-such-date`. */
export function settled(candidates: readonly Candidate[], { isEarly, now, withinDays }: Limits): Parsed<Candidate> {
  const [first] = candidates;
  if (first === undefined) return notUnderstood('no-such-date');
  const fitting = candidates.find(({ instant }) => !isEarly(instant));
  if (fitting === undefined) return notUnderstood('in-the-past', shown(first.instant));
  const isFar = withinDays !== undefined && fitting.instant.at > now + withinDays * DAY;
  return isFar ? notUnderstood('too-far', { ...shown(fitting.instant), withinDays }) : understood(fitting);
}

function shown({ day, clock }: Instant): { readonly date: string; readonly time: string } {
  return { date: isoDay(day), time: isoClock(clock) };
}
