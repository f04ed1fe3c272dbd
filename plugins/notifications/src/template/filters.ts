import { formatDate, readDate } from './date-format.ts';
import { type Formatters, Formatting } from './formatting.ts';
import { formatPhoneNumber } from './phone-number.ts';

/** What a filter is given: the value ahead of it, and its arguments; named ones as pairs. */
export type Filter = (formatting: Formatting, value: unknown, ...args: readonly unknown[]) => unknown;

/**
 * The filters that notifications have beside Liquid's own. What is not there stays empty; a value that makes no sense to a filter stays
 * as it is.
 */
export function createFilters(formatters: Formatters): Readonly<Record<string, Filter>> {
  return {
    /** A whole number from 1 to the value; of a list, one of it. */
    random(formatting, value) {
      if (Array.isArray(value)) return value[Math.floor(formatting.random() * value.length)];
      const most = numberOf(value);
      return most === undefined ? value : 1 + Math.floor(formatting.random() * Math.max(1, Math.floor(most)));
    },

    /** @param digits how many behind the point. Default: as many as there are, up to three. */
    number({ locale }, value, digits) {
      const number = numberOf(value);
      return number === undefined ? value : plain(formatters.number(locale, fractionOf(digits)).format(number));
    },

    /** @param code ISO 4217. Default: the one of the options. */
    currency({ locale, currency }, value, code = currency) {
      const number = numberOf(value);
      if (number === undefined) return value;
      return plain(formatters.number(locale, { style: 'currency', currency: String(code) }).format(number));
    },

    /** @param format a style (`short`, `medium`, `long`, `full`, `time`, `datetime`, `weekday`), luxon's tokens or Liquid's. Default `medium`. */
    date(formatting, value, format = 'medium') {
      const date = readDate(value, formatting);
      return date === undefined ? value : plain(formatDate(date, String(format), formatting.locale));
    },

    phone: (_, value) => (typeof value === 'string' ? formatPhoneNumber(value) : value),

    /** @param forms for one and for others, or named as the language has them: `one: '# dag', other: '# dagen'`. `#` is the number. */
    plural({ locale }, value, ...forms) {
      const number = numberOf(value);
      if (number === undefined) return value;
      const form = formOf(formatters.plural(locale).select(number), forms);
      const written = plain(formatters.number(locale, {}).format(number));
      return form === undefined ? written : form.replaceAll('#', written);
    },
  };
}

/** The formatting that a rendering was begun with. */
export function formattingOf(globals: object): Formatting {
  const { formatting } = globals as { readonly formatting?: unknown };
  if (formatting instanceof Formatting) return formatting;
  throw new TypeError('a template was rendered without its formatting');
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function fractionOf(digits: unknown): Intl.NumberFormatOptions {
  const count = numberOf(digits);
  if (count === undefined) return {};
  const fraction = Math.min(20, Math.max(0, Math.floor(count)));
  return { minimumFractionDigits: fraction, maximumFractionDigits: fraction };
}

function formOf(category: Intl.LDMLPluralRule, forms: readonly unknown[]): string | undefined {
  const named = new Map(forms.filter((form): form is [string, unknown] => Array.isArray(form)));
  const [one, other = one] = forms.filter((form) => !Array.isArray(form));
  const form = named.get(category) ?? named.get('other') ?? (category === 'one' ? one : other);
  return form === undefined || form === null ? undefined : String(form);
}

/** One of the spaces that do not break, which Intl likes to write, would more than double what a text costs: GSM 03.38 has none. */
function plain(text: string): string {
  return text.replace(/[\u00a0\u2007\u2009\u202f]/g, ' ');
}
