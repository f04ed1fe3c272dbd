import type { Hours } from './data/rule.ts';

/** A part of a day in minutes of local time since midnight, the end not included. */
export interface Slot {
  readonly from: number;
  readonly until: number;
}

/** The hours of a week, read. `undefined`: none on such a day. */
export interface WeekHours {
  readonly weekday: Slot | undefined;
  readonly saturday: Slot | undefined;
  readonly sunday: Slot | undefined;
}

export const ALL_DAY: Slot = { from: 0, until: 24 * 60 };

const SPAN = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

/** Reads `08:00-21:00`; `undefined` where that is no part of one day. */
export function parseHours(text: string): Slot | undefined {
  const [, ...figures] = SPAN.exec(text) ?? [];
  if (figures.length === 0) return undefined;
  const [fromHour, fromMinute, untilHour, untilMinute] = figures.map(Number) as [number, number, number, number];
  const slot = { from: fromHour * 60 + fromMinute, until: untilHour * 60 + untilMinute };
  return slot.from < slot.until && slot.until <= ALL_DAY.until ? slot : undefined;
}

export function parseWeek({ weekday, saturday, sunday }: Hours): WeekHours {
  return { weekday: read(weekday), saturday: read(saturday), sunday: read(sunday) };
}

function read(text: string | null): Slot | undefined {
  return text === null ? undefined : parseHours(text);
}

/** The hours of a day of the week, 0 for Sunday. */
export function hoursOn({ weekday, saturday, sunday }: WeekHours, dayOfWeek: number): Slot | undefined {
  if (dayOfWeek === 0) return sunday;
  return dayOfWeek === 6 ? saturday : weekday;
}

export function overlap(one: Slot | undefined, other: Slot | undefined): Slot | undefined {
  if (one === undefined || other === undefined) return undefined;
  const slot = { from: Math.max(one.from, other.from), until: Math.min(one.until, other.until) };
  return slot.from < slot.until ? slot : undefined;
}

export function overlapOfWeeks(one: WeekHours, other: WeekHours): WeekHours {
  return {
    weekday: overlap(one.weekday, other.weekday),
    saturday: overlap(one.saturday, other.saturday),
    sunday: overlap(one.sunday, other.sunday),
  };
}

/** `20:00`, of minutes since midnight. */
export function clockTime(minutes: number): string {
  const two = (figure: number) => String(Math.floor(figure)).padStart(2, '0');
  return `${two(minutes / 60)}:${two(minutes % 60)}`;
}
