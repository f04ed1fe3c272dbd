import type { NumberWords } from './number-words.ts';

/** A number in words. */
export interface Spelled {
  readonly value: number;
  /** How many words it takes. */
  readonly length: number;
  /** An article that may mean one: `una pizza`. */
  readonly isArticle?: boolean;
}

/** The longest phrase of a table, in words. */
const LONGEST_PHRASE = 4;

/** The number that begins at a word, if one does. */
export function spelledAt(words: readonly string[], at: number, language: NumberWords): Spelled | undefined {
  const start = phraseIn(words, at, language.minus) ?? 0;
  const found = halfOf(words, at + start, language) ?? wholeOf(words, at + start, language);
  if (found === undefined) return undefined;
  return { ...found, value: start === 0 ? found.value : 0 - found.value, length: start + found.length };
}

/** `half a dozen`, `half`. */
function halfOf(words: readonly string[], at: number, language: NumberWords): Spelled | undefined {
  const half = phraseIn(words, at, language.halves);
  if (half === undefined) return undefined;
  const multiplier = language.multipliers[words[at + half] ?? ''];
  return multiplier === undefined ? { value: 0.5, length: half } : { value: multiplier / 2, length: half + 1 };
}

/** A number as it grows, word by word. */
interface Sum {
  /** Thousands and millions that are complete. */
  readonly total: number;
  /** What is below the next thousand; undefined right after one, and at first. */
  readonly below: number | undefined;
  /** The last multiplier of a thousand or more: the next one has to be smaller. */
  readonly scale: number;
  readonly length: number;
}

function wholeOf(words: readonly string[], at: number, language: NumberWords): Spelled | undefined {
  const article = articleAt(words, at, language);
  let sum: Sum = { total: 0, below: undefined, scale: Number.POSITIVE_INFINITY, length: article };
  for (let next = grown(sum, words, at, language); next !== undefined; next = grown(sum, words, at, language))
    sum = next;
  if (sum.length === article) return undefined;
  const value = sum.total + (sum.below ?? 0);
  const fraction = decimalsAt(words, at + sum.length, language);
  if (fraction !== undefined)
    return { value: Number(`${value}.${fraction}`), length: sum.length + fraction.length + 1 };
  const isArticle = sum.length === 1 && language.articles.includes(words[at] ?? '');
  return { value, length: sum.length, ...(isArticle ? { isArticle } : {}) };
}

/** An article counts only where something to be counted follows: `a dozen`, `a couple`. */
function articleAt(words: readonly string[], at: number, { articles, multipliers, sets }: NumberWords): number {
  const counts = (word: string | undefined) => word !== undefined && (word in multipliers || word in sets);
  return articles.includes(words[at] ?? '') && counts(words[at + 1]) ? 1 : 0;
}

function grown(sum: Sum, words: readonly string[], at: number, language: NumberWords): Sum | undefined {
  const here = at + sum.length;
  const half = sum.below === undefined ? undefined : phraseIn(words, here, language.andHalf);
  if (half !== undefined && Number.isInteger(sum.below)) {
    return { ...sum, below: (sum.below ?? 0) + 0.5, length: sum.length + half };
  }
  const isJoined = sum.length > 0 && language.joiners.includes(words[here] ?? '');
  return added(sum, words, at, isJoined ? 1 : 0, language);
}

function added(sum: Sum, words: readonly string[], at: number, joiner: number, language: NumberWords): Sum | undefined {
  const here = at + sum.length + joiner;
  const value = valueAt(
    words,
    here,
    sum.below === undefined && sum.total === 0 ? [language.sets, language.values] : [language.values],
  );
  if (value !== undefined && fits(value.value, sum)) {
    return { ...sum, below: (sum.below ?? 0) + value.value, length: sum.length + joiner + value.length };
  }
  const multiplier = language.multipliers[words[here] ?? ''];
  if (multiplier === undefined || (joiner > 0 && sum.below !== undefined)) return undefined;
  return multiplied({ ...sum, length: sum.length + joiner + 1 }, multiplier);
}

/** Twenty and one are 21, one and twenty are two numbers. */
function fits(value: number, { below, total }: Sum): boolean {
  if (below === undefined) return total === 0 || value > 0;
  if (value <= 0 || below === 0 || !Number.isInteger(below)) return false;
  if (value < 10) return below % 10 === 0 && below % 100 !== 10;
  return value < 100 && below % 100 === 0;
}

function multiplied(sum: Sum, multiplier: number): Sum | undefined {
  const { total, below = 1, scale } = sum;
  if (below === 0) return undefined;
  if (multiplier < 1_000) return below < 100 ? { ...sum, below: below * multiplier } : undefined;
  return multiplier < scale
    ? { ...sum, total: total + below * multiplier, below: undefined, scale: multiplier }
    : undefined;
}

/** The digits after `point`. */
function decimalsAt(words: readonly string[], at: number, { points, values }: NumberWords): string | undefined {
  if (!points.includes(words[at] ?? '')) return undefined;
  let digits = '';
  for (
    let digit = values[words[at + 1] ?? ''];
    digit !== undefined && digit < 10;
    digit = values[words[at + 1 + digits.length] ?? '']
  ) {
    digits += digit;
  }
  return digits === '' ? undefined : digits;
}

function valueAt(
  words: readonly string[],
  at: number,
  tables: readonly Readonly<Record<string, number>>[],
): Spelled | undefined {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length--) {
    const phrase = words.slice(at, at + length).join(' ');
    const table = tables.find((candidate) => Object.hasOwn(candidate, phrase));
    if (table !== undefined) return { value: table[phrase] ?? 0, length };
  }
  return undefined;
}

/** How many words the longest phrase of a list takes that begins at a word. */
export function phraseIn(words: readonly string[], at: number, phrases: readonly string[]): number | undefined {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length--) {
    if (phrases.includes(words.slice(at, at + length).join(' '))) return length;
  }
  return undefined;
}

/** The parts of a number that is written as one word: `zweihundertfünf`. The word itself if it is none. */
export function unglued(
  word: string,
  { glued, values, multipliers, joiners, andHalf }: NumberWords,
): readonly string[] {
  if (glued !== true || Object.hasOwn(values, word)) return [word];
  const parts = [...Object.keys(values), ...Object.keys(multipliers), ...joiners, ...andHalf].sort(
    (one, other) => other.length - one.length,
  );
  const found: string[] = [];
  for (let rest = word; rest !== ''; ) {
    const part = parts.find((candidate) => rest.startsWith(candidate));
    if (part === undefined) return [word];
    found.push(part);
    rest = rest.slice(part.length);
  }
  return found;
}
