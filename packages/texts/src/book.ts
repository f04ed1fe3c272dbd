import { type ErrorDetails, type Listener, nearest, ParleyError, type Wordings } from '@parley/core';
import { createFormatters, type FormattersOf } from './formatters.ts';
import { Kept } from './kept.ts';
import { canonical, chainOf, isSameLanguage } from './locales.ts';
import type { Message, Takes } from './message.ts';
import type { Messages } from './read-catalogues.ts';
import type { Value } from './variables.ts';

/** How many locales of people are kept with what they are told in. */
const LOCALES_KEPT = 500;

/** Where to look for the words of a locale, and by whose rules to write numbers and dates in them. */
interface Source {
  readonly messages: ReadonlyMap<string, Message>;
  readonly locales: readonly string[];
}

/** All messages of some catalogues, read and checked: puts keys and values into words. */
export class Book {
  readonly #defaultLocale: string;
  readonly #messages: Messages;
  readonly #sources = new Kept<readonly Source[]>(LOCALES_KEPT);
  readonly #formatters: FormattersOf;

  constructor(defaultLocale: string, messages: Messages, defaultTimeZone: string) {
    this.#defaultLocale = defaultLocale;
    this.#messages = messages;
    this.#formatters = createFormatters(defaultTimeZone);
  }

  words(key: string, values: Readonly<Record<string, Value>>, { locale, timeZone }: Listener): string {
    for (const { messages, locales } of this.#sourcesFor(locale)) {
      const message = messages.get(key);
      if (message === undefined) continue;
      checkValues(key, message, values);
      return message.format(values, locales, this.#formatters(timeZone));
    }
    throw this.#unknown(key);
  }

  /** By locale, where it has words of its own. */
  wordings(key: string): Wordings {
    const found = [...this.#messages].flatMap(([locale, messages]) => {
      const message = messages.get(key);
      return message === undefined ? [] : [[locale, message.wording] as const];
    });
    if (found.length === 0) throw this.#unknown(key);
    return Object.fromEntries(found);
  }

  #sourcesFor(wanted: string | undefined): readonly Source[] {
    return this.#sources.get(wanted ?? '', () => {
      const own = canonical(wanted);
      const chain = chainOf(wanted, [...this.#messages.keys()], this.#defaultLocale);
      return chain.map((locale) => ({
        messages: this.#messages.get(locale) ?? new Map(),
        // Who is en-GB writes dates as in en-GB, also where the words are those of en.
        locales: [...(own !== undefined && isSameLanguage(own, locale) ? [own] : []), locale, this.#defaultLocale],
      }));
    });
  }

  #unknown(key: string): ParleyError {
    const meant = nearest(key, [...(this.#messages.get(this.#defaultLocale)?.keys() ?? [])]);
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    return new ParleyError('error.platform.texts.unknown-key', { key, hint });
  }
}

function checkValues(key: string, { variables }: Message, values: Readonly<Record<string, Value>>): void {
  for (const [variable, takes] of variables) {
    const given = kindOf(values[variable]);
    if (takes.has(given as Takes)) continue;
    const details: ErrorDetails = { key, variable, given, wanted: [...takes].join(' or ') };
    throw new ParleyError('error.platform.texts.bad-value', details);
  }
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'number') return Number.isFinite(value) ? 'number' : String(value);
  if (!(value instanceof Date)) return typeof value;
  return Number.isNaN(value.getTime()) ? 'an invalid date' : 'date';
}
