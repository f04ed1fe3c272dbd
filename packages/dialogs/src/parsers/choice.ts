import {
  type NamedOption,
  namedOptions,
  type OptionId,
  type Options,
  optionsOf,
  sampleOf,
  signOf,
} from './choice-options.ts';
import { asidesAmong, nearlyNamed, partlyNamed, placeOf, spansIn, type Wording, wordingFor } from './choosing.ts';
import { type Circumstances, notUnderstood, type Parsed, type Parser, understood, withExamples } from './parser.ts';
import { fold, tidy } from './reading/tidy.ts';

/**
 * One of several options, by its place (`2`, `#2`, `2️⃣`, `two`, `the second one`, `b)`), by its id, label or one of its matches, alone or
 * among other words (`the large one please`), by a part of its name, or nearly (`lrage`). Short words are never taken for others.
 *
 * ```ts
 * const size = choice({ small: ['s'], large: ['l', 'big'] }); // Parser<'small' | 'large'>
 * ```
 *
 * Problems: `not-a-choice`; `ambiguous` with `between`, ids; `no-such-number` with `highest`; `excluded` with `ids` (`not the large one`).
 *
 * @throws `error.platform.config.malformed` if there are no options, or two of the same id.
 */
export function choice<const Given extends Options>(options: Given): Parser<OptionId<Given>> {
  const named = namedOptions(optionsOf(options), 'choice');
  return withExamples(optionsOf(options).map(sampleOf), (text, circumstances) => {
    const heard = hear(text, named, circumstances);
    const sign = signOf(text);
    const signed = sign === '' ? [] : named.filter(({ signs }) => signs.some((one) => sign.includes(one)));
    if (heard.words.length === 0 || signed.length > 0) return settle(signed.map(({ id }) => id));
    return choose(heard, named, circumstances) as Parsed<OptionId<Given>>;
  });
}

/** A text, as options are looked for in it. */
export interface Heard {
  readonly words: readonly string[];
  /** Words that may say which. All of them if none does. */
  readonly core: readonly string[];
  readonly isAside: (word: string) => boolean;
  readonly wording: Wording;
  /** Whether it begins with a place that a mark sets apart: `2) large`, `b. olives`. */
  readonly isNumbered: boolean;
}

export function hear(text: string, options: readonly NamedOption[], circumstances: Circumstances): Heard {
  const folded = keysToLetters(fold(tidy(text)));
  const wording = wordingFor(circumstances);
  const words = folded.replace(REFUSAL, '').match(WORD) ?? [];
  return { ...heardWords(words, options, wording), isNumbered: NUMBERED.test(folded) };
}

export function heardWords(
  words: readonly string[],
  options: readonly NamedOption[],
  wording: Wording,
): Omit<Heard, 'isNumbered'> {
  const isAside = asidesAmong(wording, options);
  const core = words.filter((word) => !isAside(word));
  return { words, core: core.length > 0 ? core : lastLetter(words), isAside, wording };
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** What is said ahead of the choice, and is not part of it: `no, the large one`. */
const REFUSAL = /^(?:no|nope|nein|non|nao|not that|sorry)\s*[,.!;]\s*(?=\S)/;
const NUMBERED = /^[(#]?\s*(?:\d{1,3}|[a-z])\s*[).:\-,;]/;

/** Keycaps as they are after NFKC, and buttons with letters. */
export function keysToLetters(folded: string): string {
  return folded
    .replace(/\u20e3/gu, ' ')
    .replaceAll('🔟', ' 10 ')
    .replaceAll('🅰', ' a ')
    .replaceAll('🅱', ' b ');
}

/** `option a`: the article is a letter where nothing else is left. */
function lastLetter(words: readonly string[]): readonly string[] {
  const last = words.at(-1) ?? '';
  return words.length === 2 && /^[a-z]$/.test(last) ? [last] : words;
}

/** What a text that has words chooses. */
export function choose(heard: Heard, options: readonly NamedOption[], circumstances: Circumstances): Parsed<string> {
  const { words, core, wording } = heard;
  const exact = options.filter(({ names }) => names.some((name) => isSame(name, words) || isSame(name, core)));
  if (exact.length > 0) return settle(exact.map(({ id }) => id));
  const place = placeOf(core, options.length, wording, circumstances);
  if (place !== undefined) return byPlace(place, core, options);
  const rest = heard.isNumbered
    ? byWords({ ...heard, ...heardWords(words.slice(1), options, wording) }, options)
    : undefined;
  return rest === undefined ? byWords(heard, options) : byPlaceAnd(rest, words, heard, options, circumstances);
}

/** The place alone. A name with the same number in it could be meant as well: `2` of `1 person, 2 people`. */
function byPlace(place: number, core: readonly string[], options: readonly NamedOption[]): Parsed<string> {
  const placed = options[place - 1];
  const isNumber = !/^[a-z]$/.test(core.join(''));
  const named = isNumber ? partlyNamed([String(place)], options) : [];
  const ids = new Set([...(placed === undefined ? [] : [placed.id]), ...named]);
  return ids.size === 0 ? notUnderstood('no-such-number', { highest: options.length }) : settle([...ids]);
}

/** `2) large`: both have to be the same, where the words say anything. */
function byPlaceAnd(
  rest: Parsed<string>,
  words: readonly string[],
  { wording }: Heard,
  options: readonly NamedOption[],
  circumstances: Circumstances,
): Parsed<string> {
  const place = placeOf(words.slice(0, 1), options.length, wording, circumstances);
  const placed = place === undefined ? undefined : options[place - 1];
  if (placed === undefined) return rest;
  if (!rest.understood) return rest.problem.code === 'not-a-choice' ? understood(placed.id) : rest;
  return settle([...new Set([placed.id, rest.value])]);
}

function byWords(heard: Heard, options: readonly NamedOption[]): Parsed<string> {
  const { words, core, isAside, wording } = heard;
  const spans = spansIn(words, options, wording);
  const isNamed = (index: number) => spans.some(({ start, end }) => index >= start && index < end);
  const isAlone = words.every((word, index) => isNamed(index) || isAside(word));
  // A word that is said all the time (`no`, `one`) names an option only where nothing else is said.
  const counting = spans.filter(
    ({ start, end }) => isAlone || words.slice(start, end).some((word) => !wording.asides.includes(word)),
  );
  const meant = new Set(counting.filter(({ isNegated }) => !isNegated).map(({ id }) => id));
  if (meant.size > 0) return settle([...meant]);
  if (counting.length > 0) return notUnderstood('excluded', { ids: [...new Set(counting.map(({ id }) => id))] });
  const partly = partlyNamed(core, options);
  return settle(partly.length > 0 ? partly : nearlyNamed(core, options));
}

function isSame(name: readonly string[], words: readonly string[]): boolean {
  return name.length === words.length && name.every((word, index) => word === words[index]);
}

export function settle<Id extends string>(ids: readonly Id[]): Parsed<Id> {
  const [only, ...others] = ids;
  if (only === undefined) return notUnderstood('not-a-choice');
  return others.length === 0 ? understood(only) : notUnderstood('ambiguous', { between: ids });
}
