import { malformed } from './malformed.ts';
import { type Circumstances, notUnderstood, type Parsed, type Parser, understood, withExamples } from './parser.ts';
import type { NumberWords } from './reading/number-words.ts';
import { numberLanguages, type Part, partsOf } from './reading/numbers.ts';
import { phraseIn } from './reading/spelled.ts';
import { tidy } from './reading/tidy.ts';

export interface NumberOptions {
  /** The lowest that is taken. */
  readonly min?: number;
  /** The highest that is taken. */
  readonly max?: number;
  /** Whether fractions are refused. Default: false. */
  readonly integer?: boolean;
}

/**
 * A number in digits or words: `2`, `1,234.5` (`1.234,5` where people write it so), `twenty-one`, `half a dozen`, `2½`, `5k`, `about 5`,
 * `2 pizzas`. Words are read in the person's language (en, es, fr, de, pt) and in English.
 *
 * Problems: `not-a-number`; `vague` (`a few`); `range` with `from` and `to`; `not-exact` with `near` (`at least 5`); `several` with
 * `numbers`; `not-whole` with `near`; `too-low` with `min`; `too-high` with `max`.
 *
 * @throws `error.platform.config.malformed` if `min` is greater than `max`.
 */
export function number({ min, max, integer = false }: NumberOptions = {}): Parser<number> {
  if (min !== undefined && max !== undefined && !(min <= max)) throw malformed('number', 'min is greater than max');
  return withExamples(examplesBetween(min, max, integer), (text, circumstances) => {
    const tidied = tidy(text);
    const read = numberIn(partsOf(tidied, circumstances), tidied, circumstances);
    if (!read.understood) return read;
    const { value } = read;
    if (min !== undefined && value < min) return notUnderstood('too-low', { min });
    if (max !== undefined && value > max) return notUnderstood('too-high', { max });
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return notUnderstood('too-high', { max: Number.MAX_SAFE_INTEGER });
    if (integer && !Number.isInteger(value)) {
      return notUnderstood('not-whole', { near: [Math.floor(value), Math.ceil(value)] });
    }
    return read;
  });
}

/** The limits, where there are any: what is done with an answer may depend on how much it is. */
function examplesBetween(min: number | undefined, max: number | undefined, integer: boolean): readonly string[] {
  const low = min === undefined ? undefined : integer ? Math.ceil(min) : min;
  const high = max === undefined ? undefined : integer ? Math.floor(max) : max;
  const limits = [low, high].flatMap((limit) => limit ?? []);
  return limits.length === 0 ? ['2'] : [...new Set(limits)].map(String);
}

/** The one number among the parts of a text, or why there is none. */
export function numberIn(parts: readonly Part[], tidied: string, circumstances: Circumstances): Parsed<number> {
  const languages = numberLanguages(circumstances);
  const words = parts.map((part) => (part.kind === 'number' ? '#' : part.text));
  const has = (phrases: (language: NumberWords) => readonly string[]) =>
    languages.some((language) => words.some((_, at) => phraseIn(words, at, phrases(language)) !== undefined));
  const numbers = numbersOf(parts);
  const [first, second] = numbers;
  if (first === undefined) {
    if (has(({ vague }) => vague)) return notUnderstood('vague');
    const isNone = has(({ none }) => none) && words.length <= MOST_WORDS_OF_NONE;
    return isNone ? understood(0) : notUnderstood('not-a-number');
  }
  if (second !== undefined) {
    const isRange = numbers.length === 2 && (hasDashBetween(parts) || has(({ ranges }) => ranges));
    return isRange ? notUnderstood('range', { from: first, to: second }) : notUnderstood('several', { numbers });
  }
  const isBound = has(({ bounds }) => bounds) || /(?:^|\s)[<>≤≥]=?|\d\+/.test(tidied);
  return isBound ? notUnderstood('not-exact', { near: first }) : understood(first);
}

/** `nobody will come`. */
const MOST_WORDS_OF_NONE = 3;

/** Articles that may mean one count only where nothing else does. */
function numbersOf(parts: readonly Part[]): readonly number[] {
  const all = parts.filter((part) => part.kind === 'number');
  const counted = all.filter(({ isArticle }) => isArticle !== true);
  return [...new Set((counted.length > 0 ? counted : all.slice(0, 1)).map(({ value }) => value))];
}

function hasDashBetween(parts: readonly Part[]): boolean {
  const shape = parts.map((part) => (part.kind === 'number' ? '#' : part.text)).join('');
  return /#(?:-|\.\.+|~)#/.test(shape);
}
