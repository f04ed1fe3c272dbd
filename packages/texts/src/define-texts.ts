import { type LocalisedText, ParleyError, type Wordings } from '@parley/core';
import type { ActionArgs, EventObject, MachineContext } from 'xstate';
import { Book } from './book.ts';
import type { Catalogue, Catalogues, Fitting } from './catalogues.ts';
import { isTimeZone } from './formatters.ts';
import { readCatalogues } from './read-catalogues.ts';
import type { Value, ValuesOf } from './variables.ts';
import { type TextWarning, warningsOf } from './warnings.ts';

/** A text whose values are made as it is said. `say` takes it as it is. */
export type TextExpression<
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Event extends EventObject,
> = ((args: ActionArgs<Context, ExpressionEvent, Event>) => LocalisedText) & { readonly wordings: Wordings };

/** Puts keys and values into words, in every language of its catalogues. */
export interface Texts<Reference extends Catalogue> {
  /** A text whose values a machine makes as it says it. */
  <
    Key extends keyof Reference & string,
    Context extends MachineContext,
    ExpressionEvent extends EventObject,
    Event extends EventObject,
  >(
    key: Key,
    values: (args: ActionArgs<Context, ExpressionEvent, Event>) => ValuesOf<Reference[Key]>,
  ): TextExpression<Context, ExpressionEvent, Event>;
  /** A text, with the values that it needs. */
  <Key extends keyof Reference & string>(key: Key, ...values: Needed<Reference[Key]>): LocalisedText;
  readonly defaultLocale: string;
  readonly locales: readonly string[];
  readonly keys: readonly (keyof Reference & string)[];
  /**
   * What is likely not meant: forms that a language has and a text has not; and, of some source code, keys that do not stand in it.
   *
   * ```ts
   * it('has nothing that nobody says', () => expect(texts.check([readFileSync('bot.ts', 'utf8')])).toEqual([]));
   * ```
   *
   * @param sources all code that may say something. Default: unused keys are not looked for.
   */
  check(sources?: readonly string[]): readonly TextWarning[];
}

/** Nothing where a text has no variables. */
type Needed<Text extends string> = keyof ValuesOf<Text> extends never
  ? []
  : string extends Text
    ? [values?: ValuesOf<Text>]
    : [values: ValuesOf<Text> & NoFunction];

/** A function has a name and a length, which texts may well want. */
interface NoFunction {
  readonly [Symbol.hasInstance]?: never;
}

export interface TextsOptions {
  /** The time zone of people whose own is not known, as IANA names it. Default `UTC`. */
  readonly timeZone?: string;
}

/**
 * What bots say, in many languages: ICU messages by locale. Keys and variables of the default locale are those of all others; a
 * regional variety (`es-MX` beside `es`) has only what it says otherwise.
 *
 * ```ts
 * const texts = defineTexts('en', {
 *   en: { welcome: 'Welcome, {name}!', slots: '{count, plural, one {One slot is} other {# slots are}} free.' },
 *   es: { welcome: '¡Hola, {name}!', slots: '{count, plural, one {Queda un hueco} other {Quedan # huecos}}.' },
 * });
 *
 * entry: say(texts('slots', ({ context }) => ({ count: context.slots.length })))
 * ```
 *
 * A text is put into words as it is said, in the language and the time zone that are known of the person at that moment.
 *
 * @throws `error.platform.config.malformed`, which names every text that is wrong. As it is said, a text throws
 * `error.platform.texts.unknown-key` or `error.platform.texts.bad-value`, which types rule out.
 */
export function defineTexts<const Given extends Catalogues, const Default extends keyof Given & string>(
  defaultLocale: Default,
  catalogues: Given & Fitting<Given, Default>,
  { timeZone = 'UTC' }: TextsOptions = {},
): Texts<Given[Default]> {
  const { messages, problems } = readCatalogues(defaultLocale, catalogues);
  if (!isTimeZone(timeZone)) throw malformed([...problems, `timeZone: ${timeZone} is no time zone`]);
  if (problems.length > 0) throw malformed(problems);
  const book = new Book(defaultLocale, messages, timeZone);
  const text = (key: string, values: Values | ((args: never) => Values) = {}) => {
    if (typeof values !== 'function') return textOf(book, key, values);
    const expression = (args: never) => textOf(book, key, values(args));
    return Object.assign(expression, { wordings: book.wordings(key) });
  };
  const keys = [...(messages.get(defaultLocale)?.keys() ?? [])];
  return Object.assign(text, {
    defaultLocale,
    locales: [...messages.keys()],
    keys,
    check: (sources: readonly string[] = []) => warningsOf(messages, keys, sources),
  }) as unknown as Texts<Given[Default]>;
}

type Values = Readonly<Record<string, Value>>;

function textOf(book: Book, key: string, values: Values): LocalisedText {
  return {
    in: (listener) => book.words(key, values, listener),
    toString: () => book.words(key, values, {}),
    get wordings() {
      return book.wordings(key);
    },
  };
}

/** So many are enough to begin with. */
const PROBLEMS_SHOWN = 10;

function malformed(problems: readonly string[]): ParleyError {
  const shown = problems.slice(0, PROBLEMS_SHOWN).join('; ');
  const more = problems.length > PROBLEMS_SHOWN ? `; and ${problems.length - PROBLEMS_SHOWN} more` : '';
  return new ParleyError('error.platform.config.malformed', { problem: `${shown}${more}`, where: 'defineTexts' });
}
