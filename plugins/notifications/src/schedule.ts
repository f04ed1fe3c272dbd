import { ParleyError } from '@parley/core';
import { DateTime, IANAZone } from 'luxon';
import * as z from 'zod';

/** A moment by the clock on the wall of whoever is texted. */
export interface LocalTime {
  /** `2026-12-01`. */
  readonly date: string;
  /** `09:00`, 24 hours. */
  readonly time: string;
  /** Of people whose own zone is not known, IANA. Default: they are refused. */
  readonly timeZone?: string;
}

/** When to send: milliseconds since the epoch, a `Date`, ISO 8601 with an offset, or a local time. */
export type When = number | Date | string | LocalTime;

export const timeZoneSchema: z.ZodString = z
  .string()
  .refine(IANAZone.isValidZone, 'a time zone is written as America/New_York');

const localTimeSchema = z
  .strictObject({
    date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written as 2026-12-01'),
    time: z.string().regex(/^\d{2}:\d{2}$/, 'a time is written as 09:00'),
    timeZone: timeZoneSchema.optional(),
  })
  .refine(
    ({ date, time }) => DateTime.fromISO(`${date}T${time}`, { zone: 'utc' }).isValid,
    'there is no such date and time',
  );

const instantSchema = z.union([
  z.number(),
  z.date().transform((date) => date.getTime()),
  z
    .string()
    .refine(
      (text) => /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && DateTime.fromISO(text).isValid,
      'write a moment as 2026-12-01T09:00:00-05:00',
    )
    .transform((text) => DateTime.fromISO(text).toMillis()),
]);

export const whenSchema: z.ZodType<number | LocalTime, When> = z.union([instantSchema, localTimeSchema]) as never;

/**
 * The moment that is meant for somebody. A local time that a change to daylight saving leaves out is as much later; of one that comes
 * twice it is the first.
 *
 * @param own the zone of the person, if it is known.
 * @throws `error.platform.notification.time-zone-unknown`
 */
export function momentOf(when: number | LocalTime, own: string | undefined): number {
  if (typeof when === 'number') return when;
  const { date, time, timeZone } = when;
  const zone = own !== undefined && IANAZone.isValidZone(own) ? own : timeZone;
  if (zone === undefined) throw new ParleyError('error.platform.notification.time-zone-unknown');
  const local = DateTime.fromISO(`${date}T${time}`, { zone });
  return Math.min(...local.getPossibleOffsets().map((possible) => possible.toMillis()));
}
