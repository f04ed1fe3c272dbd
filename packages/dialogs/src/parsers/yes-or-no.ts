import { type Circumstances, notUnderstood, type Parsed, type Parser, understood } from './parser.ts';
import { languagesFor } from './reading/region.ts';
import { fold, tidy } from './reading/tidy.ts';
import { answeringEmoji, bareAnswers, type YesOrNoWords, yesOrNoWords } from './yes-or-no-words.ts';

type Language = keyof typeof yesOrNoWords;

type Kind = keyof YesOrNoWords | 'other';

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
  return (text, circumstances) => {
    const tidied = fold(tidy(text));
    const words = (tidied.match(WORD) ?? []).map((word) => EMOJI.get(word) ?? word.replace(/(\p{L})\1{2,}/gu, '$1'));
    if (words.length === 0) return notUnderstood(/\?/.test(tidied) ? 'question' : 'not-yes-or-no');
    return bare(words) ?? inLanguages(words, circumstances, phrases, tidied.endsWith('?'));
  };
}

const PICTURES = Object.entries(answeringEmoji).flatMap(([kind, signs]) =>
  signs.map((sign) => [sign, `:${kind}`] as const),
);
const EMOJI: ReadonlyMap<string, string> = new Map(PICTURES);
const WORD = new RegExp(`${PICTURES.map(([sign]) => sign).join('|')}|[\\p{L}\\p{M}\\p{N}]+`, 'gu');

function bare(words: readonly string[]): Verdict | undefined {
  const whole = words.join(' ');
  if ((bareAnswers.yes as readonly string[]).includes(whole)) return understood(true);
  if ((bareAnswers.no as readonly string[]).includes(whole)) return understood(false);
  return undefined;
}

/** What the person's language makes of it, or else English, or else any other, of which nothing but the answer may be said. */
function inLanguages(
  words: readonly string[],
  circumstances: Circumstances,
  phrases: Readonly<Record<Language, Phrases>>,
  asks: boolean,
): Verdict {
  let first: Verdict | undefined;
  for (const [rank, language] of languagesFor(circumstances, phrases).entries()) {
    const pieces = piecesOf(words, phrases[language]);
    const isForeign = rank > 0 && language !== 'en';
    if (isForeign && pieces.some(({ kind }) => kind === 'other')) continue;
    const verdict = asks ? notUnderstood('question') : judge(pieces);
    if (verdict.understood || verdict.problem.code !== 'not-yes-or-no') return verdict;
    first ??= verdict;
  }
  return first ?? notUnderstood('not-yes-or-no');
}

function judge(pieces: readonly Piece[]): Verdict {
  const telling = pieces.filter(({ kind }) => kind !== 'asides' && kind !== 'please');
  const has = (...kinds: readonly Kind[]) => telling.some(({ kind }) => kinds.includes(kind));
  if (has('unsure')) return notUnderstood('unsure');
  const isBare = !has('other', 'negations', 'hedges');
  const yes = has('yes') || (isBare && has('mildYes'));
  const no = has('no') || (isBare && has('mildNo'));
  if (!yes && !no) return politeOrNegated(telling, pieces);
  if ((yes && (no || has('negations'))) || has('hedges')) return notUnderstood('ambiguous');
  return standsOut(telling, yes ? ['yes', 'mildYes'] : ['no', 'mildNo'])
    ? understood(yes)
    : notUnderstood('not-yes-or-no');
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
  return phrases.get(word)?.find(fits) ?? { kind: 'other', words: [word] };
}

function phrasesOf(table: YesOrNoWords): Phrases {
  const emoji: readonly Piece[] = (['yes', 'no', 'unsure'] as const).map((kind) => ({ kind, words: [`:${kind}`] }));
  // Of two lists with the same phrase, the earlier one has it.
  const kinds: readonly (keyof YesOrNoWords)[] = [
    'unsure',
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
