import { type NameWords, nameWords, particles, suffixes } from './name-words.ts';
import { notUnderstood, type Parser, understood, withExamples } from './parser.ts';
import { languageOf, writingOf } from './reading/region.ts';
import { fold, tidy } from './reading/tidy.ts';

export interface PersonNameOptions {
  /** How many words a name has at least: 2 asks for a surname as well. Default: 1. */
  readonly minWords?: number;
}

/**
 * What a person is called, without what is said around it: `My name is Ann Lee`, `soy Ana`, `it's o'brien here`. Capitals are kept as they
 * were texted, unless all or none are: `ANN LEE`, `ludwig van beethoven`.
 *
 * Problems: `not-a-name`; `question`; `has-digits`; `sentence` (longer than names are, or with words that names do not have); `several`
 * (`Ann and Bob`); `too-few-words` with `minWords`.
 */
export function personName({ minWords = 1 }: PersonNameOptions = {}): Parser<string> {
  const expressions = new Map(
    Object.entries<NameWords>(nameWords).map(([code, words]) => [code, expressionsFor(words)]),
  );
  return withExamples([NAMES.slice(0, Math.max(1, minWords)).join(' ')], (text, circumstances) => {
    const codes = [...new Set([languageOf(circumstances), 'en'])];
    const languages = codes.flatMap((code) => expressions.get(code) ?? []);
    const tidied = tidy(text);
    if (tidied.length > LONGEST_TEXT) return notUnderstood('sentence');
    const bare = bareName(tidied, languages);
    const problem = /[?¿]/.test(tidied) ? 'question' : problemOf(bare, languages);
    if (problem !== undefined) return notUnderstood(problem);
    const words = bare.split(' ');
    if (words.length < minWords) return notUnderstood('too-few-words', { minWords });
    return understood(capitalised(words, writingOf(circumstances)));
  });
}

const NAMES = ['Ann', 'Maria', 'Lee', 'Smith'];

/** Why what is left is no name. */
function problemOf(bare: string, languages: readonly NameWords[]): string | undefined {
  const words = bare.split(' ');
  if (/\p{N}/u.test(bare)) return 'has-digits';
  if (isSeveral(bare, languages)) return 'several';
  if (isInitial(bare) || !words.every((word) => WORD.test(word))) return 'not-a-name';
  const isNever = (word: string) => languages.some(({ never }) => never.includes(lettersOf(word)));
  if (words.some(isNever)) return words.length === 1 ? 'not-a-name' : 'sentence';
  return words.length > MOST_WORDS || bare.length > LONGEST ? 'sentence' : undefined;
}

const MOST_WORDS = 6;
const LONGEST = 80;
/** With what is said around it. */
const LONGEST_TEXT = 200;

/** Letters, with apostrophes, hyphens and dots in them; an initial, a particle such as `'t`. */
const WORD = /^'?\p{L}[\p{L}\p{M}]*(?:[.'·-]+[\p{L}\p{M}]+)*[.']?$/u;

/** The words of a language, ready to be looked for. */
interface Expressions extends NameWords {
  readonly ahead: RegExp;
  readonly behind: RegExp;
}

function expressionsFor(words: NameWords): Expressions {
  const ahead = new RegExp(String.raw`^(?:${words.leads.join('|')})(?:\s*[,:!.-]+\s*|\s+)(?=\S)`, 'iu');
  const behind = new RegExp(String.raw`(?<=\p{L})(?:\s*[,.!-]+\s*|\s+)(?:${words.tails.join('|')})[\s.!,]*$`, 'iu');
  return { ...words, ahead, behind };
}

/** The name without words, marks and emoji around it. */
function bareName(tidied: string, languages: readonly Expressions[]): string {
  const bare = until(trimmed(tidied), (name) =>
    languages.reduce((rest, { ahead, behind }) => trimmed(rest.replace(ahead, '').replace(behind, '')), name),
  );
  return bare.replace(/\s*,\s*(?=\p{L}+\.?$)/u, (comma, at: number) =>
    suffixes.has(lettersOf(bare.slice(at))) ? ' ' : comma,
  );
}

/** Applies a change until it changes nothing more. */
function until(text: string, change: (text: string) => string): string {
  const changed = change(text);
  return changed === text ? text : until(changed, change);
}

function trimmed(text: string): string {
  const name = text.replace(/^[^\p{L}\p{N}']+|[^\p{L}\p{M}\p{N}.']+$/gu, '').replace(/^'(?=.*'$)|(?<=^'.*)'$/gu, '');
  return /(?:^|[\s.])\p{L}\.$|\b(?:jr|sr)\.$/iu.test(name) ? name : name.replace(/\.+$/, '');
}

function isSeveral(name: string, languages: readonly NameWords[]): boolean {
  const words = name.replace(/[,&/+]/g, ' & ').split(/\s+/);
  const isJoined = (word: string, index: number) =>
    (word === '&' && !suffixes.has(lettersOf(words[index + 1] ?? ''))) ||
    languages.some(({ joiners }) => joiners.includes(fold(word)));
  return words.length > 2 && words.slice(1, -1).some((word, index) => isJoined(word, index + 1));
}

function lettersOf(word: string): string {
  return fold(word).replace(/[^\p{L}\p{M}]/gu, '');
}

/** One letter is no name where letters are for sounds. */
function isInitial(name: string): boolean {
  return /^\p{L}\.?$/u.test(name) && /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name);
}

function capitalised(words: readonly string[], locale: string): string {
  const name = words.join(' ').replace(/\s+,/g, ',');
  const isMixed = name !== name.toLocaleLowerCase(locale) && name !== name.toLocaleUpperCase(locale);
  // Two capitals are initials that people go by: JJ.
  if (isMixed || /^\p{Lu}{2}$/u.test(name)) return name;
  return words.map((word, index) => capitalisedWord(word.toLocaleLowerCase(locale), index === 0, locale)).join(' ');
}

function capitalisedWord(word: string, isFirst: boolean, locale: string): string {
  const suffix = suffixes.get(word.replace(/[.,]/g, ''));
  if (suffix !== undefined && !isFirst) return word.replace(/[\p{L}]+/u, suffix);
  if (particles.has(word) && !isFirst) return word;
  const capital = (_: string, ahead: string, letter: string) => ahead + letter.toLocaleUpperCase(locale);
  return word
    .replace(/(^|[-.·]|^\p{L}'|-\p{L}')(\p{L})/gu, capital)
    .replace(/(^\p{L}'|-\p{L}')(\p{L})/gu, capital)
    .replace(
      /(^|-)(Mc)(\p{L})(?=\p{L}{2})/gu,
      (_, ahead: string, mc: string, letter: string) => ahead + mc + letter.toLocaleUpperCase(locale),
    );
}
