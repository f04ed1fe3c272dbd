import { DateTime } from 'luxon';

/** A day of the calendar. */
export interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** What a clock on the wall shows. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
}

/** A moment, and what clocks in the zone show at it. */
export interface Instant {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly day: Day;
  readonly clock: ClockTime;
  /** Whether the day or the clock time was there twice or not at all, since clocks were set. */
  readonly isOdd: boolean;
}

/**
 * The moments at which clocks in a zone show a time: one; two where clocks were set back, the earlier one first; where they were set forward
 * and skipped it, the one that comes as much later as they skipped.
 */
export function instantsAt(day: Day, clock: ClockTime, timeZone: string): readonly Instant[] {
  const local = DateTime.fromObject({ ...day, ...clock }, { zone: timeZone });
  if (!local.isValid) return [];
  const possible = local.getPossibleOffsets();
  const isSkipped = local.hour !== clock.hour || local.minute !== clock.minute || local.day !== day.day;
  const isOdd = isSkipped || possible.length > 1;
  const instants = (isSkipped ? [local] : possible).map((one) => ({ ...instantOf(one), isOdd }));
  return instants.sort((one, other) => one.at - other.at);
}

/** What clocks in a zone show at a moment. */
export function instantFrom(at: number, timeZone: string): Instant {
  return instantOf(DateTime.fromMillis(at, { zone: timeZone }));
}

/** The day in a zone at a moment. */
export function dayAt(at: number, timeZone: string): Day {
  return instantFrom(at, timeZone).day;
}

/** A day that many days later. */
export function addDays({ year, month, day }: Day, days: number): Day {
  const later = DateTime.utc(year, month, day).plus({ days });
  return { year: later.year, month: later.month, day: later.day };
}

/** Two months have every day that there is. */
const DAYS_TO_LOOK_AHEAD = 62;

/** The next day of the month with a number, from a day on; undefined if no month has it. */
export function nextWithNumber(number: number, from: Day): Day | undefined {
  const days = Array.from({ length: DAYS_TO_LOOK_AHEAD }, (_, ahead) => addDays(from, ahead));
  return days.find(({ day }) => day === number);
}

/** Whether the calendar has the day. */
export function isDay({ year, month, day }: Day): boolean {
  return year >= 1 && year <= 9999 && DateTime.utc(year, month, day).isValid;
}

/** From 0, Sunday, to 6. */
export function weekdayOf({ year, month, day }: Day): number {
  return DateTime.utc(year, month, day).weekday % 7;
}

/** ISO 8601: `2026-01-06`. */
export function isoDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** ISO 8601: `15:00`. */
export function isoClock({ hour, minute }: ClockTime): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** The clock time of `HH:MM`. */
export function clockFrom(time: string): ClockTime | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match === null ? undefined : { hour: Number(match[1]), minute: Number(match[2]) };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function instantOf(local: DateTime): Instant {
  const { year, month, day, hour, minute } = local;
  return { at: local.toMillis(), day: { year, month, day }, clock: { hour, minute }, isOdd: false };
}
