import type { Formatters } from 'intl-messageformat';
import { Kept } from './kept.ts';

/** How many formats are kept ready: one of dates takes some ten KB and some 50 µs to make. */
const AT_MOST = 500;

/** What dates, numbers and plurals are formatted with, for a time zone. */
export type FormattersOf = (timeZone: string | undefined) => Formatters;

/**
 * Intl's formats, kept once they have been made.
 *
 * What they write is written with plain spaces: the narrow ones of `3:00 PM` and `1 234` are in no alphabet of SMS, and would have
 * the whole text sent in one of which 70 characters go into a segment instead of 160.
 *
 * @param defaultTimeZone of who has none, or one that does not exist
 */
export function createFormatters(defaultTimeZone: string): FormattersOf {
  const dates = new Kept<Intl.DateTimeFormat>(AT_MOST);
  const numbers = new Kept<Intl.NumberFormat>(AT_MOST);
  const plurals = new Kept<Intl.PluralRules>(AT_MOST);
  const zones = new Kept<Formatters>(AT_MOST);
  const formattersOf = (timeZone: string): Formatters => ({
    getDateTimeFormat: (locales, options) =>
      dates.get(keyOf(locales, options, timeZone), () =>
        withPlainSpaces(new Intl.DateTimeFormat(locales, { ...options, timeZone })),
      ),
    getNumberFormat: (locales, options) =>
      numbers.get(keyOf(locales, options), () =>
        withPlainSpaces(new Intl.NumberFormat(locales, options as Intl.NumberFormatOptions)),
      ),
    getPluralRules: (locales, options) =>
      plurals.get(keyOf(locales, options), () => new Intl.PluralRules(locales, options)),
  });
  return (wanted = defaultTimeZone) =>
    zones.get(wanted, () => formattersOf(isTimeZone(wanted) ? wanted : defaultTimeZone));
}

export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function keyOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

/** Only `format` is called of them. */
function withPlainSpaces<Value, Format extends { format(value: Value): string }>(format: Format): Format {
  const write = (value: Value) => format.format(value).replace(/[\u00a0\u2009\u202f]/g, ' ');
  return { format: write } as Format;
}
