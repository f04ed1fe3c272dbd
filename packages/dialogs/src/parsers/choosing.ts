import type { NamedOption } from './choice-options.ts';
import { type ChoiceWords, choiceWords } from './choice-words.ts';
import { mistakesIn } from './near-miss.ts';
import type { Circumstances } from './parser.ts';
import { numberLanguages } from './reading/numbers.ts';
import { languageOf } from './reading/region.ts';
import { phraseIn, spelledAt } from './reading/spelled.ts';

/** What a person's language and English have for choosing. */
export type Wording = { readonly [Kind in keyof ChoiceWords]: readonly string[] };

export function wordingFor(circumstances: Pick<Circumstances, 'locale'>): Wording {
  const { en } = choiceWords;
  const own = Object.entries<ChoiceWords>(choiceWords).find(
    ([language]) => language === languageOf(circumstances),
  )?.[1];
  if (own === undefined || own === en) return en;
  const kinds = Object.keys(en) as (keyof ChoiceWords)[];
  return Object.fromEntries(
    kinds.map((kind) => [kind, kind === 'places' ? own.places : [...own[kind], ...en[kind]]]),
  ) as Wording;
}

/** Words that say nothing about which, unless an option is called so. */
export function asidesAmong(wording: Wording, options: readonly NamedOption[]): (word: string) => boolean {
  const called = new Set(options.flatMap(({ names }) => names.filter((name) => name.length === 1).flat()));
  const asides = new Set(wording.asides);
  return (word) => asides.has(word) && (word.length === 1 || !called.has(word));
}

/** Where a name of an option stands among words. */
export interface Span {
  readonly id: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** `not the large one`. */
  readonly isNegated: boolean;
}

/** The names that a text has in it. A name within a longer one (`large` in `extra large`) is none. */
export function spansIn(words: readonly string[], options: readonly NamedOption[], wording: Wording): readonly Span[] {
  const found = options.flatMap(({ id, names }) =>
    names.flatMap((name) => startsOf(words, name).map((start) => ({ id, start, end: start + name.length }))),
  );
  const outer = found.filter((span) => !found.some((other) => isWithin(span, other)));
  const isNamed = (index: number) => outer.some(({ start, end }) => index >= start && index < end);
  return outer.map((span) => ({ ...span, isNegated: isNegatedAt(span.start, words, isNamed, wording) }));
}

/** Whether a negation is ahead, with nothing but words of no meaning between. */
function isNegatedAt(
  start: number,
  words: readonly string[],
  isNamed: (index: number) => boolean,
  wording: Wording,
): boolean {
  if (!isNamed(start - 1) && wording.without.includes(words[start - 1] ?? '')) return true;
  for (let index = start - 1; index >= 0 && !isNamed(index); index--) {
    const word = words[index] ?? '';
    if (wording.negations.includes(word)) return true;
    if (!wording.asides.includes(word)) return false;
  }
  return false;
}

function startsOf(words: readonly string[], name: readonly string[]): readonly number[] {
  const starts = words.flatMap((word, index) => (word === name[0] ? [index] : []));
  return starts.filter((start) => name.every((part, offset) => words[start + offset] === part));
}

type Extent = Pick<Span, 'start' | 'end'>;

function isWithin(inner: Extent, outer: Extent): boolean {
  return inner.start >= outer.start && inner.end <= outer.end && inner.end - inner.start < outer.end - outer.start;
}

/** The place that a word or two say, from 1 on: `2`, `b`, `second`, `two`. `last` needs to know how many there are. */
export function placeOf(
  words: readonly string[],
  count: number,
  wording: Wording,
  circumstances: Circumstances,
): number | undefined {
  const [word = ''] = words;
  const digits = /^\d{1,3}$/.test(word) && words.length === 1 ? Number(word) : undefined;
  if (digits !== undefined) return digits;
  const spelled = numberLanguages(circumstances).map((language) => spelledAt(words, 0, language));
  const number = spelled.find((found) => found?.length === words.length && Number.isInteger(found.value));
  if (number !== undefined) return number.value;
  if (words.length !== 1) return undefined;
  const letter = /^[a-z]$/.test(word) ? word.charCodeAt(0) - 'a'.charCodeAt(0) + 1 : undefined;
  if (letter !== undefined) return letter <= count ? letter : undefined;
  if (wording.last.includes(word)) return count;
  const languages = [wording.places, choiceWords.en.places];
  const place = languages
    .map((places) => places.findIndex((forms) => forms.split('/').includes(word)))
    .find((index) => index >= 0);
  return place === undefined ? undefined : place + 1;
}

/** So many letters make a beginning that says which word is meant. */
const SHORTEST_BEGINNING = 4;

/** Options of which a name has all of these words: `pepperoni` of `pepperoni pizza`. One word may be cut off: `marg`. */
export function partlyNamed(words: readonly string[], options: readonly NamedOption[]): readonly string[] {
  const isTelling = words.some((word) => word.length >= 3 || /\d/.test(word));
  const has = (name: readonly string[], test: (part: string, word: string) => boolean) =>
    words.every((word) => name.some((part) => test(part, word)));
  const fitting = (test: (part: string, word: string) => boolean) =>
    options.filter(({ names }) => names.some((name) => has(name, test))).map(({ id }) => id);
  const whole = isTelling ? fitting((part, word) => part === word) : [];
  if (whole.length > 0 || words.length > 1 || (words[0] ?? '').length < SHORTEST_BEGINNING) return whole;
  return fitting((part, word) => part.startsWith(word));
}

/** A word of a longer name is as good as a slip of the finger less than the whole name. */
const PART_OF_A_NAME = 0.25;

/** How many words may be around a misspelt name: none around a short one, which would be found in anything. */
const MOST_AROUND = 2;
const SHORT_NAME = 5;

/** The options that misspelt words are nearest to; several if they are equally near. */
export function nearlyNamed(words: readonly string[], options: readonly NamedOption[]): readonly string[] {
  const costs = options.map(({ id, names }) => ({ id, cost: Math.min(...names.map((name) => costOf(words, name))) }));
  const lowest = Math.min(...costs.map(({ cost }) => cost));
  return Number.isFinite(lowest) ? costs.filter(({ cost }) => cost === lowest).map(({ id }) => id) : [];
}

function costOf(words: readonly string[], name: readonly string[]): number {
  const whole = costOfWhole(words, name);
  if (name.length === 1) return whole;
  const parts = name
    .filter((part) => part.length > SHORT_NAME)
    .map((part) => costOfWhole(words, [part]) + PART_OF_A_NAME);
  return Math.min(whole, ...parts);
}

function costOfWhole(words: readonly string[], name: readonly string[]): number {
  const around = words.length - name.length;
  if (around < 0 || around > (name.join('').length <= SHORT_NAME ? 0 : MOST_AROUND)) return Number.POSITIVE_INFINITY;
  const windows = Array.from({ length: around + 1 }, (_, start) =>
    name.reduce(
      (sum, part, offset) => sum + (mistakesIn(words[start + offset] ?? '', part) ?? Number.POSITIVE_INFINITY),
      0,
    ),
  );
  return Math.min(...windows);
}

/** Whether one of these phrases is all that a text says. */
export function isWholly(words: readonly string[], phrases: readonly string[]): boolean {
  return phraseIn(words, 0, phrases) === words.length;
}
