import { choose, type Heard, heardWords, keysToLetters } from './choice.ts';
import {
  type NamedOption,
  namedOptions,
  type Option,
  type OptionId,
  type Options,
  optionsOf,
  sampleOf,
} from './choice-options.ts';
import { isWholly, placeOf, spansIn, type Wording, wordingFor } from './choosing.ts';
import { malformed } from './malformed.ts';
import { type Circumstances, notUnderstood, type Parsed, type Parser, understood, withExamples } from './parser.ts';
import { fold, tidy } from './reading/tidy.ts';

export interface ChoicesOptions {
  /** The fewest that have to be chosen. Default: 0, so that `none` is an answer. */
  readonly min?: number;
  /** The most that can be chosen. Default: all. */
  readonly max?: number;
}

/**
 * Any number of options, each understood as by {@link choice}: `1 and 3`, `mushrooms, olives`, `all but 2`, `none`. The value has ids in the
 * order of the options, each once.
 *
 * Problems: those of `choice`, with `understood`, the ids that were; `too-few` with `min`; `too-many` with `max`.
 *
 * @throws `error.platform.config.malformed` if there are no options, two of the same id, or fewer than `min` allows.
 */
export function choices<const Given extends Options>(
  options: Given,
  { min = 0, max = Number.POSITIVE_INFINITY }: ChoicesOptions = {},
): Parser<readonly OptionId<Given>[]> {
  const named = namedOptions(optionsOf(options), 'choices');
  if (!(min <= max && min <= named.length))
    throw malformed('choices', 'min is greater than max, or than the number of options');
  return withExamples(examplesOf(optionsOf(options), min), (text, circumstances) => {
    const chosen = chosenIn(text, named, circumstances);
    if (!chosen.understood) return chosen;
    const ids = named.map(({ id }) => id).filter((id) => chosen.value.includes(id));
    if (ids.length < min) return notUnderstood('too-few', { min });
    if (ids.length > max) return notUnderstood('too-many', { max });
    return understood(ids);
  });
}

/** As few as there may be, or the first; and none. */
function examplesOf(options: readonly Option[], min: number): readonly string[] {
  const few = options.slice(0, Math.max(1, min)).map(sampleOf).join(', ');
  return min === 0 ? [few, 'none'] : [few];
}

/** Words, and where a mark stands between them. */
interface Listed {
  readonly words: readonly string[];
  /** Indexes of the words that a mark stands ahead of. */
  readonly breaks: ReadonlySet<number>;
}

function listed(text: string): Listed {
  const words: string[] = [];
  const breaks = new Set<number>();
  for (const token of keysToLetters(fold(tidy(text))).match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? []) {
    if (/[\p{L}\p{N}]/u.test(token)) words.push(token);
    else breaks.add(words.length);
  }
  return { words, breaks };
}

function chosenIn(
  text: string,
  options: readonly NamedOption[],
  circumstances: Circumstances,
): Parsed<readonly string[]> {
  const wording = wordingFor(circumstances);
  const { words, breaks } = listed(text);
  const folded = fold(tidy(text));
  const signed = options.filter(({ signs }) => signs.some((sign) => folded.includes(sign))).map(({ id }) => id);
  const every = options.map(({ id }) => id);
  const { isAside, core } = heardWords(words, options, wording);
  const said = trimmed(words, isAside);
  if (options.some(({ names }) => names.some((name) => name.join(' ') === words.join(' ')))) {
    return each({ words, breaks: new Set() }, options, wording, circumstances, signed);
  }
  if (isWholly(words, wording.none) || isWholly(core, wording.none)) return understood([]);
  const all = options.length === 2 ? [...wording.all, ...wording.both] : wording.all;
  if (isWholly(said, all) || isWholly(core, all)) return understood(every);
  const excepted = exceptedIn(words, wording);
  if (excepted === undefined) return each({ words, breaks }, options, wording, circumstances, signed);
  const left = { words: words.slice(excepted), breaks: new Set([...breaks].map((index) => index - excepted)) };
  const without = each(left, options, wording, circumstances, []);
  return without.understood ? understood(every.filter((id) => !without.value.includes(id))) : without;
}

function trimmed(words: readonly string[], isAside: (word: string) => boolean): readonly string[] {
  const first = words.findIndex((word) => !isAside(word));
  const last = words.findLastIndex((word) => !isAside(word));
  return first === -1 ? words : words.slice(first, last + 1);
}

/** Where the exceptions begin in `all but the olives`. */
function exceptedIn(words: readonly string[], { all, except }: Wording): number | undefined {
  for (const every of all.filter((phrase) => ` ${words.join(' ')} `.includes(` ${phrase} `))) {
    for (const but of except) {
      const phrase = [...every.split(' '), ...but.split(' ')];
      const start = words.findIndex((_, index) => phrase.every((word, offset) => words[index + offset] === word));
      if (start !== -1) return start + phrase.length;
    }
  }
  return undefined;
}

/** The options that are named, and what the words between their names choose. */
function each(
  { words, breaks }: Listed,
  options: readonly NamedOption[],
  wording: Wording,
  circumstances: Circumstances,
  signed: readonly string[],
): Parsed<readonly string[]> {
  const { isAside } = heardWords(words, options, wording);
  const spans = spansIn(words, options, wording).filter(
    ({ start, end }) =>
      words.slice(start, end).some((word) => !wording.asides.includes(word)) || words.length === end - start,
  );
  const ids = new Set([...signed, ...spans.filter(({ isNegated }) => !isNegated).map(({ id }) => id)]);
  for (const run of runsBetween(words, breaks, (index) => isSpanned(spans, index), wording, isAside)) {
    for (const part of partsOfRun(run, options, wording, circumstances)) {
      const chosen = choose(part, options, circumstances);
      if (!chosen.understood)
        return notUnderstood(chosen.problem.code, { ...chosen.problem.details, understood: [...ids] });
      ids.add(chosen.value);
    }
  }
  if (ids.size > 0) return understood([...ids]);
  const excluded = spans.map(({ id }) => id);
  return excluded.length > 0
    ? notUnderstood('excluded', { ids: excluded })
    : notUnderstood('not-a-choice', { understood: [] });
}

function isSpanned(spans: readonly { readonly start: number; readonly end: number }[], index: number): boolean {
  return spans.some(({ start, end }) => index >= start && index < end);
}

/** Words that belong together: no name, no mark and no `and` is between them. */
function runsBetween(
  words: readonly string[],
  breaks: ReadonlySet<number>,
  isNamed: (index: number) => boolean,
  { joiners, negations, without }: Wording,
  isAside: (word: string) => boolean,
): readonly (readonly string[])[] {
  const runs: string[][] = [[]];
  for (const [index, word] of words.entries()) {
    const isBetween =
      isNamed(index) || joiners.includes(word) || ([...negations, ...without].includes(word) && isNamed(index + 1));
    if (breaks.has(index) || isBetween) runs.push([]);
    if (!isBetween) runs.at(-1)?.push(word);
  }
  return runs.map((run) => (run.every(isAside) && !isPlaceLetter(run) ? [] : run)).filter((run) => run.length > 0);
}

/** `a, c`: an article that stands alone is a letter. */
function isPlaceLetter(run: readonly string[]): boolean {
  return run.length === 1 && /^[a-z]$/.test(run[0] ?? '') && run[0] !== 'i';
}

/** `1 3 4`: several places without anything between them are several choices. */
function partsOfRun(
  run: readonly string[],
  options: readonly NamedOption[],
  wording: Wording,
  circumstances: Circumstances,
): readonly Heard[] {
  const heard: Heard = { ...heardWords(run, options, wording), isNumbered: false };
  const isList =
    heard.core.length > 1 &&
    heard.core.every((word) => placeOf([word], options.length, wording, circumstances) !== undefined);
  return isList ? heard.core.map((word) => ({ ...heard, words: [word], core: [word] })) : [heard];
}
