import Holidays from 'date-holidays';
import { DAY } from './clocks.ts';
import type { HolidayRule } from './data/rule.ts';

/** Which days of a place are holidays. */
export interface HolidayCalendar {
  /** The name of the holiday on a local day (`2026-11-26`), if it is one. */
  on(date: string): string | undefined;
}

/** Days that are missing at work are the ones that laws mean; the others are for cards and flowers. */
const TYPES = ['public' as const, 'bank' as const];

/** Territories that `date-holidays` has as countries. */
const TERRITORIES = new Set(['AS', 'GU', 'MP', 'PR', 'VI']);

const COUNTRY_CODES: Readonly<Record<string, string>> = { USA: 'US', CAN: 'CA', GBR: 'GB', FRA: 'FR' };

/** Which days are holidays. */
export interface HolidayOptions {
  readonly place: string;
  /** Whether the public and bank holidays of the place are, by `date-holidays`. */
  readonly official: boolean;
  /** Those that are listed. */
  readonly listed: readonly HolidayRule[];
  /** The two letters of ISO 3166, of a place that is not in the data. */
  readonly country?: string | undefined;
}

/** The official holidays of a place and those that are listed: a day that is in either is one. Finds out once a year. */
export function createHolidayCalendar({ place, official, listed, country }: HolidayOptions): HolidayCalendar {
  const calendars = [...(official ? [officialDays(place, country)] : []), listedDays(listed)];
  const years = new Map<string, ReadonlyMap<string, string>>();

  function daysOf(year: string): ReadonlyMap<string, string> {
    const days = new Map<string, string>();
    for (const holidays of calendars) {
      for (const { date, start, end, name } of holidays.getHolidays(Number(year))) {
        for (const day of daysBetween(date, start, end)) if (!days.has(day)) days.set(day, name);
      }
    }
    return days;
  }

  return {
    on(date) {
      const year = date.slice(0, 4);
      let days = years.get(year);
      if (days === undefined) {
        days = daysOf(year);
        years.set(year, days);
      }
      return days.get(date);
    },
  };
}

/** Whether `date-holidays` understands a rule. */
export function isHolidayRule(rule: string): boolean {
  try {
    return new Holidays().setHoliday(rule, { name: 'test', type: 'public' });
  } catch {
    return false;
  }
}

function officialDays(place: string, country: string | undefined): Holidays {
  const code = country ?? COUNTRY_CODES[place] ?? (TERRITORIES.has(place) ? place : undefined);
  return code === undefined
    ? new Holidays('US', place.toLowerCase(), { types: TYPES })
    : new Holidays(code, { types: TYPES });
}

function listedDays(own: readonly HolidayRule[]): Holidays {
  const holidays = new Holidays({ types: TYPES });
  for (const { name, rule } of own) holidays.setHoliday(rule, { name, type: 'public' });
  return holidays;
}

/** A holiday has the local days from its date on, as long as it lasts. */
function daysBetween(date: string, start: Date, end: Date): readonly string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const count = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
  return Array.from({ length: count }, (_, index) => isoDay(first + index * DAY));
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
