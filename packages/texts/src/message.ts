import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { type Formatters, formatToParts, IntlMessageFormat } from 'intl-messageformat';
import { isRightToLeft } from './locales.ts';
import type { Value } from './variables.ts';

/** What may be filled in for a variable. */
export type Takes = 'string' | 'number' | 'boolean' | 'date';

/** One text in one language, ready to be filled in. */
export interface Message {
  /** What each variable takes, by its name. */
  readonly variables: ReadonlyMap<string, ReadonlySet<Takes>>;
  /** The names of variables in place of values; of several forms the longest. */
  readonly wording: string;
  /** Whether it is written by rules of its language, for plurals, numbers or dates. */
  readonly needsIntl: boolean;
  readonly plurals: readonly Plural[];
  /** Fills it in with values that its variables take. */
  format(values: Readonly<Record<string, Value>>, locales: readonly string[], formatters: Formatters): string;
}

/** What a message has for the numbers of one of its variables. */
export interface Plural {
  readonly variable: string;
  readonly type: Intl.PluralRuleType;
  /** `one`, `other`, `=0` */
  readonly forms: readonly string[];
}

/**
 * Reads an ICU message. Anything like a tag is text.
 *
 * @throws an `Error` that says what is wrong with it, and where, without its words
 */
export function compile(text: string, locale: string): Message {
  const elements = parsed(text, locale);
  const all = flatten(elements);
  checkStyles(all);
  const runsLeft = isRightToLeft(locale);
  const written = runsLeft ? elements.map(withNamesToIsolate) : elements;
  return {
    variables: variablesOf(all),
    wording: wordingOf(elements),
    needsIntl: all.some(({ type }) => INTL.has(type)),
    plurals: all.flatMap(pluralOf),
    format(values, locales, formatters) {
      const given = runsLeft ? withIsolated(values) : values;
      const parts = formatToParts(written, [...locales], formatters, IntlMessageFormat.formats, given);
      return parts.map(({ value }) => String(value)).join('');
    },
  };
}

function parsed(text: string, locale: string): MessageFormatElement[] {
  try {
    return parse(text, { ignoreTag: true, locale: new Intl.Locale(locale) });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { location } = error as { readonly location?: { readonly start: { readonly offset: number } } };
    const at = location === undefined ? '' : ` at character ${location.start.offset + 1}`;
    throw new Error(`${error.message.toLowerCase().replaceAll('_', ' ')}${at}`);
  }
}

const TAKES: ReadonlyMap<TYPE, readonly Takes[]> = new Map<TYPE, readonly Takes[]>([
  [TYPE.argument, ['string', 'number']],
  [TYPE.number, ['number']],
  [TYPE.plural, ['number']],
  [TYPE.date, ['date', 'number']],
  [TYPE.time, ['date', 'number']],
  [TYPE.select, ['string', 'number', 'boolean']],
]);

const INTL: ReadonlySet<TYPE> = new Set([TYPE.number, TYPE.plural, TYPE.date, TYPE.time]);

function variablesOf(elements: readonly MessageFormatElement[]): ReadonlyMap<string, ReadonlySet<Takes>> {
  const variables = new Map<string, ReadonlySet<Takes>>();
  for (const element of elements) {
    const takes = TAKES.get(element.type);
    if (takes === undefined || !('value' in element)) continue;
    const before = variables.get(element.value);
    variables.set(element.value, new Set(takes.filter((one) => before?.has(one) ?? true)));
  }
  return variables;
}

function pluralOf(element: MessageFormatElement): readonly Plural[] {
  if (element.type !== TYPE.plural) return [];
  const { value: variable, pluralType: type = 'cardinal', options } = element;
  return [{ variable, type, forms: Object.keys(options) }];
}

/** One that nobody knows would be written in some style or other. */
function checkStyles(elements: readonly MessageFormatElement[]): void {
  const { number, date, time } = IntlMessageFormat.formats;
  const known = new Map<TYPE, object>([
    [TYPE.number, number],
    [TYPE.date, date],
    [TYPE.time, time],
  ]);
  for (const element of elements) {
    const style = 'style' in element ? element.style : undefined;
    const styles = known.get(element.type);
    if (typeof style !== 'string' || styles === undefined || Object.hasOwn(styles, style)) continue;
    throw new Error(`there is no style ${style}, only ${Object.keys(styles).join(', ')} and skeletons such as ::yMMMd`);
  }
}

function flatten(elements: readonly MessageFormatElement[]): readonly MessageFormatElement[] {
  return elements.flatMap((element) => [element, ...flatten(formsOf(element).flat())]);
}

function formsOf(element: MessageFormatElement): readonly MessageFormatElement[][] {
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
  return Object.values(element.options).map(({ value }) => value);
}

function wordingOf(elements: readonly MessageFormatElement[], counted = ''): string {
  const words = elements.map((element) => {
    switch (element.type) {
      case TYPE.literal:
        return element.value;
      case TYPE.pound:
        return `{${counted}}`;
      case TYPE.plural:
        return longest(formsOf(element).map((form) => wordingOf(form, element.value)));
      case TYPE.select:
        return longest(formsOf(element).map((form) => wordingOf(form, counted)));
      default:
        return `{${element.value}}`;
    }
  });
  return words.join('');
}

function longest(texts: readonly string[]): string {
  return texts.reduce((one, other) => (other.length > one.length ? other : one), '');
}

/** Ahead of the name of a variable that is written as it is given. */
const ISOLATED = 'isolated ';

function withNamesToIsolate(element: MessageFormatElement): MessageFormatElement {
  if (element.type === TYPE.argument) return { ...element, value: `${ISOLATED}${element.value}` };
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return element;
  const options = Object.entries(element.options).map(
    ([name, option]) => [name, { ...option, value: option.value.map(withNamesToIsolate) }] as const,
  );
  return { ...element, options: Object.fromEntries(options) };
}

function withIsolated(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const isolated = Object.entries(values).map(([name, value]) => [`${ISOLATED}${name}`, isolate(String(value))]);
  return { ...values, ...Object.fromEntries(isolated) };
}

/**
 * Has a value keep its own direction among words that run to the left: a phone number would be shown end first otherwise. Not a
 * link: phones would take the mark at its end for a part of it.
 *
 * Source: Unicode Standard Annex 9, first strong isolate; what MessageFormat 2 does.
 */
function isolate(value: string): string {
  return /:\/\/|^$/.test(value) ? value : `\u2068${value}\u2069`;
}
