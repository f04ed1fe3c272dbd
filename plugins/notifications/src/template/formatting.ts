import { createHash } from 'node:crypto';

/** What a text is made for: whose language and hours, and which message. */
export interface FormattingOptions {
  /** BCP 47. */
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Of what chance is made: the message's id, so that the same message is the same text. */
  readonly seed: string;
}

/** One rendering, as filters see it. */
export class Formatting {
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly now: number;
  readonly #seed: string;
  #drawn = 0;
  /** Whether a value was not there, so that the text around it is to be tidied. */
  hasGaps = false;

  constructor({ locale, timeZone, currency, now, seed }: FormattingOptions) {
    this.locale = locale;
    this.timeZone = timeZone;
    this.currency = currency;
    this.now = now;
    this.#seed = seed;
  }

  /** From 0 up to 1, another one at each call. */
  random(): number {
    this.#drawn += 1;
    return createHash('sha256').update(`${this.#seed} ${this.#drawn}`).digest().readUInt32BE(0) / 2 ** 32;
  }
}

/** Makes formatters of numbers once for each locale, as they are dear. */
export interface Formatters {
  number(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat;
  plural(locale: string): Intl.PluralRules;
}

/** Locales come with the people: nobody shall fill the memory with invented ones. */
const MOST_KEPT = 500;

export function createFormatters(): Formatters {
  const numbers = new Map<string, Intl.NumberFormat>();
  const plurals = new Map<string, Intl.PluralRules>();
  return {
    number: (locale, options) =>
      remembered(numbers, `${locale} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options)),
    plural: (locale) => remembered(plurals, locale, () => new Intl.PluralRules(locale)),
  };
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) {
    if (known.size >= MOST_KEPT) known.clear();
    value = make();
    known.set(key, value);
  }
  return value;
}
