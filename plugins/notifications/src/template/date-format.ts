import { DateTime } from 'luxon';

/** Named styles of `date`, as people of the locale write them. */
const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  short: DateTime.DATE_SHORT,
  medium: DateTime.DATE_MED,
  long: DateTime.DATE_FULL,
  full: DateTime.DATE_HUGE,
  time: DateTime.TIME_SIMPLE,
  datetime: { ...DateTime.DATE_MED, hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'long' },
};

/** What Liquid's own `date` writes, in the tokens of luxon (https://moment.github.io/luxon/#/formatting). */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: 'yyyy',
  y: 'yy',
  B: 'LLLL',
  b: 'LLL',
  h: 'LLL',
  m: 'LL',
  '-m': 'L',
  d: 'dd',
  '-d': 'd',
  e: 'd',
  '-e': 'd',
  A: 'cccc',
  a: 'ccc',
  H: 'HH',
  '-H': 'H',
  I: 'hh',
  '-I': 'h',
  k: 'H',
  l: 'h',
  '-l': 'h',
  M: 'mm',
  S: 'ss',
  p: 'a',
  P: 'a',
  j: 'ooo',
  Z: 'ZZZZ',
  z: 'ZZZ',
};

export interface DatePlace {
  /** BCP 47. */
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Reads a date as templates are given them: milliseconds since the epoch, a `Date`, `now`, or ISO 8601. What names no offset is of the
 * person's own zone.
 */
export function readDate(value: unknown, { timeZone, now }: DatePlace): DateTime | undefined {
  const date = dateOf(value === 'now' ? now : value, timeZone);
  return date?.isValid ? date : undefined;
}

function dateOf(value: unknown, zone: string): DateTime | undefined {
  if (typeof value === 'number') return DateTime.fromMillis(value, { zone });
  if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
  return typeof value === 'string' ? DateTime.fromISO(value.trim(), { zone }) : undefined;
}

/**
 * Writes a date: in a named style (`short`, `medium`, `long`, `full`, `time`, `datetime`, `weekday`), in luxon's tokens (`cccc d LLLL`), or in
 * those of Liquid (`%A %-d %B`).
 *
 * @throws a `RangeError` at a directive that Liquid does not know.
 */
export function formatDate(date: DateTime, format: string, locale: string): string {
  const local = date.setLocale(locale);
  const style = STYLES[format];
  if (style !== undefined) return local.toLocaleString(style);
  return format.includes('%') ? formatDirectives(local, format) : local.toFormat(format);
}

function formatDirectives(date: DateTime, format: string): string {
  return format.replace(/%(-?[A-Za-z%])/g, (_, directive: string) => {
    if (directive === '%') return '%';
    const tokens = DIRECTIVES[directive];
    if (tokens === undefined) throw new RangeError(`the filter date does not know %${directive}`);
    const written = date.toFormat(tokens);
    return directive === 'P' ? written.toLowerCase() : written;
  });
}
