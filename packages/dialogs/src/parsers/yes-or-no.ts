import { type Circumstances, notUnderstood, type Parsed, type Parser, understood, withExamples } from './parser.ts';
import { languagesFor } from './reading/region.ts';
import { fold, tidy } from './reading/tidy.ts';
import { answeringEmoji, bareAnswers, type YesOrNoWords, yesOrNoWords } from './yes-or-no-words.ts';

type Language = keyof typeof yesOrNoWords;

type Kind = Exclude<keyof YesOrNoWords, 'subjects'> | 'mark' | 'other';

/** A phrase of a text, or a word that means nothing here. */
interface Piece {
  readonly kind: Kind;
  readonly words: readonly string[];
}

/** Phrases by their first word, the longest first. */
type Phrases = ReadonlyMap<string, readonly Piece[]>;

type Verdict = Parsed<boolean>;

/** How many words beyond those that mean something an answer may have ahead of a yes or no. */
const MOST_AHEAD = 3;

/**
 * Yes or no, in the person's language, in English, or as a bare answer in one of many others: `yep`, `no thanks`, `claro que sí`, `👍`.
 *
 * What leans both ways or depends on something is not taken for either, and neither is a question.
 *
 * Problems: `not-yes-or-no`; `unsure` (`not sure`, `maybe`, `🤷`); `ambiguous` (`yes but`, `yes no`); `question` (`what for?`).
 */
export function yesOrNo(): Parser<boolean> {
  const phrases = mapRecord(yesOrNoWords, phrasesOf);
  return withExamples(['yes', 'no'], (text, circumstances) => {
    const tidied = fold(tidy(text)).replace(/(?<=(?<!\p{L})\p{L})\.(?=\p{L}(?!\p{L}))/gu, '');
    const tokens = (tidied.match(TOKEN) ?? []).map((token) => EMOJI.get(token) ?? unrepeated(token));
    const words = tokens.filter((token) => !MARK.test(token));
    if (words.length === 0) return notUnderstood(/\?/.test(tidied) ? 'question' : 'not-yes-or-no');
    return bare(words) ?? inLanguages(tokens, circumstances, phrases, tidied.endsWith('?'));
  });
}

/** `yesss` */
function unrepeated(word: string): string {
  return word.replace(/(\p{L})\1{2,}/gu, '$1');
}

const PICTURES = Object.entries(answeringEmoji).flatMap(([kind, signs]) =>
  signs.map((sign) => [sign, `:${kind}`] as const),
);
const EMOJI: ReadonlyMap<string, string> = new Map(PICTURES);
const TOKEN = new RegExp(
  `${PICTURES.map(([sign]) => sign).join('|')}|[\\p{L}\\p{M}\\p{N}]+|[,.!;:]+|(?<= )-(?= )`,
  'gu',
);
const MARK = /^[,.!;:-]+$/;

function bare(words: readonly string[]): Verdict | undefined {
  const whole = words.join(' ');
  if ((bareAnswers.yes as readonly string[]).includes(whole)) return understood(true);
  if ((bareAnswers.no as readonly string[]).includes(whole)) return understood(false);
  return undefined;
}

/** What the person's language makes of it, or else English, or else any other, of which nothing but the answer may be said. */
function inLanguages(
  tokens: readonly string[],
  circumstances: Circumstances,
  phrases: Readonly<Record<Language, Phrases>>,
  asks: boolean,
): Verdict {
  let first: Verdict | undefined;
  for (const [rank, language] of languagesFor(circumstances, phrases).entries()) {
    const pieces = piecesOf(tokens, phrases[language]);
    const isForeign = rank > 0 && language !== 'en';
    if (isForeign && pieces.some(({ kind }) => kind === 'other')) continue;
    const verdict = asks ? notUnderstood('question') : judge(pieces, yesOrNoWords[language].subjects);
    if (verdict.understood || verdict.problem.code !== 'not-yes-or-no') return verdict;
    first ??= verdict;
  }
  return first ?? notUnderstood('not-yes-or-no');
}

function judge(pieces: readonly Piece[], subjects: readonly string[]): Verdict {
  const telling = pieces.filter(({ kind }) => kind !== 'asides' && kind !== 'please' && kind !== 'mark');
  const leaning = leaningOf(telling);
  if (leaning === 'unsure' || leaning === 'ambiguous') return notUnderstood(leaning);
  if (leaning === 'nowhere') return politeOrNegated(telling, pieces);
  const kinds = leaning === 'yes' ? (['yes', 'mildYes'] as const) : (['no', 'mildNo'] as const);
  const isAnswer = standsOut(telling, kinds) && (leaning === 'yes' || !isOfWhatFollows(pieces, subjects));
  return isAnswer ? understood(leaning === 'yes') : notUnderstood('not-yes-or-no');
}

type Leaning = 'yes' | 'no' | 'unsure' | 'ambiguous' | 'nowhere';

function leaningOf(telling: readonly Piece[]): Leaning {
  const has = (...kinds: readonly Kind[]) => telling.some(({ kind }) => kinds.includes(kind));
  if (has('unsure') || (has('content') && !has('no'))) return 'unsure';
  const isBare = !has('other', 'negations', 'hedges');
  const isYes = has('yes') || (isBare && has('mildYes'));
  if (!isYes && !has('no') && !(isBare && has('mildNo'))) return 'nowhere';
  const isBoth = has('yes', 'mildYes') && has('no', 'mildNo');
  if (isBoth || has('hedges') || (isYes && has('negations'))) return 'ambiguous';
  return isYes ? 'yes' : 'no';
}

/** `please` alone; `not great`, a negation right ahead of a mild yes, and nothing else. */
function politeOrNegated(telling: readonly Piece[], pieces: readonly Piece[]): Verdict {
  if (telling.length === 0 && pieces.some(({ kind }) => kind === 'please')) return understood(true);
  const [first, second] = telling;
  const isNegated = telling.length === 2 && first?.kind === 'negations' && second?.kind === 'mildYes';
  return isNegated ? understood(false) : notUnderstood('not-yes-or-no');
}

/** Whether the answer begins the text, or ends it after a few words: `there is no parking` is no answer. */
function standsOut(telling: readonly Piece[], kinds: readonly Kind[]): boolean {
  const answers = (piece: Piece | undefined) => piece !== undefined && kinds.includes(piece.kind);
  if (answers(telling[0])) return true;
  const others = telling.filter(({ kind }) => kind === 'other');
  return answers(telling.at(-1)) && others.length <= MOST_AHEAD;
}

/** So many letters make words of courtesy, which set a no apart as a mark does; articles have fewer. */
const FEWEST_LETTERS_OF_COURTESY = 4;

/** `no pickles`, `no funciona`: a bare no that belongs to the word behind it. */
function isOfWhatFollows(pieces: readonly Piece[], subjects: readonly string[]): boolean {
  const first = pieces.findIndex(({ kind }) => kind === 'no');
  const no = pieces[first]?.words ?? [];
  if (no.length !== 1 || no[0]?.startsWith(':')) return false;
  const behind = pieces.slice(first + 1);
  const next = behind.findIndex(({ kind }) => kind !== 'asides');
  if (behind[next]?.kind !== 'other' || subjects.includes(behind[next].words[0] ?? '')) return false;
  return !behind.slice(0, next).some(({ words }) => words.join('').length >= FEWEST_LETTERS_OF_COURTESY);
}

function piecesOf(words: readonly string[], phrases: Phrases): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let index = 0; index < words.length; ) {
    const piece = pieceAt(words, index, phrases);
    pieces.push(piece);
    index += piece.words.length;
  }
  return pieces;
}

function pieceAt(words: readonly string[], index: number, phrases: Phrases): Piece {
  const word = words[index] ?? '';
  const fits = ({ words: phrase }: Piece) => phrase.every((part, offset) => words[index + offset] === part);
  return phrases.get(word)?.find(fits) ?? { kind: MARK.test(word) ? 'mark' : 'other', words: [word] };
}

function phrasesOf(table: YesOrNoWords): Phrases {
  const emoji: readonly Piece[] = (['yes', 'no', 'unsure'] as const).map((kind) => ({ kind, words: [`:${kind}`] }));
  // Of two lists with the same phrase, the earlier one has it.
  const kinds: readonly Exclude<Kind, 'mark' | 'other'>[] = [
    'unsure',
    'content',
    'no',
    'yes',
    'mildYes',
    'mildNo',
    'negations',
    'hedges',
    'please',
    'asides',
  ];
  const pieces = kinds.flatMap((kind) => table[kind].map((phrase): Piece => ({ kind, words: phrase.split(/\s+/) })));
  const byFirst = new Map<string, Piece[]>();
  for (const piece of [...emoji, ...pieces].sort((one, other) => other.words.length - one.words.length)) {
    const first = piece.words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), piece]);
  }
  return byFirst;
}

function mapRecord<Key extends string, Value, Result>(
  record: Readonly<Record<Key, Value>>,
  change: (value: Value) => Result,
): Readonly<Record<Key, Result>> {
  return Object.fromEntries(Object.entries<Value>(record).map(([key, value]) => [key, change(value)])) as Record<
    Key,
    Result
  >;
}
