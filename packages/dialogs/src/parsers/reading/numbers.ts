import type { Circumstances } from '../parser.ts';
import { type NumberWords, numberWords } from './number-words.ts';
import { languageOf, writingOf } from './region.ts';
import { type Spelled, spelledAt, unglued } from './spelled.ts';
import { fold } from './tidy.ts';

/** A part of a text: a number, a word, or a sign (`$`, `-`). */
export type Part =
  | {
      readonly kind: 'number';
      readonly value: number;
      /** An article that may mean one: `una`. */
      readonly isArticle?: boolean;
    }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

/** What a person's language and English have for numbers. */
export function numberLanguages(circumstances: Pick<Circumstances, 'locale'>): readonly NumberWords[] {
  const own = Object.entries<NumberWords>(numberWords).find(
    ([language]) => language === languageOf(circumstances),
  )?.[1];
  return own === undefined || own === numberWords.en ? [numberWords.en] : [own, numberWords.en];
}

/**
 * The parts of a text, numbers in digits and in words read as the person writes them. What is made of numbers but is none (`5:30`,
 * `1/2/26`, `192.168.0.1`) is a sign.
 *
 * @param text is tidy.
 */
export function partsOf(text: string, circumstances: Circumstances): readonly Part[] {
  const separators = separatorsOf(circumstances);
  const languages = numberLanguages(circumstances);
  const tokens = fold(joinedGroups(text, separators))
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .match(TOKEN);
  return partsOfTokens(
    (tokens ?? []).flatMap((token) => languages.reduce(spread, [token])),
    separators,
    languages,
  );
}

function spread(tokens: readonly string[], language: NumberWords): readonly string[] {
  return tokens.flatMap((token) => unglued(token, language));
}

const FRACTION = String.raw`(?:\d+ )?\d\/[2348](?![\d/:.,])|\d+⁄\d+`;
const DIGITS = String.raw`\d+(?:[.,:/]\d+)*(?:-\d+(?:[-/]\d+)+)?`;
const TOKEN = new RegExp(String.raw`${FRACTION}|${DIGITS}|[\p{L}\p{M}]+|\S`, 'gu');

function partsOfTokens(
  tokens: readonly string[],
  separators: Separators,
  languages: readonly NumberWords[],
): readonly Part[] {
  const parts: Part[] = [];
  for (let index = 0; index < tokens.length; ) {
    const { part, length } = partAt(tokens, index, separators, languages);
    parts.push(part);
    index += length;
  }
  return parts;
}

function partAt(
  tokens: readonly string[],
  index: number,
  separators: Separators,
  languages: readonly NumberWords[],
): { readonly part: Part; readonly length: number } {
  const token = tokens[index] ?? '';
  if (/^\d/.test(token)) return digitsAt(tokens, index, separators, languages);
  if (token === '-' && isMinus(tokens, index)) {
    const { part, length } = digitsAt(tokens, index + 1, separators, languages);
    return part.kind === 'number'
      ? { part: { ...part, value: 0 - part.value }, length: length + 1 }
      : { part, length: length + 1 };
  }
  if (!/^[\p{L}\p{M}]/u.test(token)) return { part: { kind: 'sign', text: token }, length: 1 };
  const spelled = longest(languages.map((language) => spelledAt(tokens, index, language)));
  if (spelled === undefined) return { part: { kind: 'word', text: token }, length: 1 };
  const { value, isArticle = false, length } = spelled;
  return { part: { kind: 'number', value, ...(isArticle ? { isArticle } : {}) }, length };
}

function longest(found: readonly (Spelled | undefined)[]): Spelled | undefined {
  return found.reduce((best, next) => ((next?.length ?? 0) > (best?.length ?? 0) ? next : best), undefined);
}

/** A dash begins a number only where nothing is ahead of it that it could be between. */
function isMinus(tokens: readonly string[], index: number): boolean {
  const before = tokens[index - 1];
  return /^\d/.test(tokens[index + 1] ?? '') && (before === undefined || /^[^\p{L}\d]$/u.test(before));
}

function digitsAt(
  tokens: readonly string[],
  index: number,
  separators: Separators,
  languages: readonly NumberWords[],
): { readonly part: Part; readonly length: number } {
  const token = tokens[index] ?? '';
  const value = readDigits(token, separators);
  if (value === undefined) return { part: { kind: 'sign', text: token }, length: 1 };
  const next = tokens[index + 1] ?? '';
  const multiplier = languages.map(({ multipliers }) => multipliers[next]).find((found) => found !== undefined);
  if (multiplier === undefined) return { part: { kind: 'number', value }, length: 1 };
  return { part: { kind: 'number', value: rounded(value * multiplier) }, length: 2 };
}

/** What a product of decimal fractions is meant to be: 1.1 times a thousand is 1100, not 1100.0000000000002. */
function rounded(value: number): number {
  return Number(value.toPrecision(15));
}

interface Separators {
  readonly decimal: string;
  /** A space for any white space. */
  readonly group: string;
}

function separatorsOf(circumstances: Circumstances): Separators {
  const parts = new Intl.NumberFormat(writingOf(circumstances), { useGrouping: 'always' }).formatToParts(1_234_567.5);
  const partOf = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: partOf('decimal'), group: partOf('group').replace(/\s/u, ' ') };
}

/** Groups that are set apart by spaces or apostrophes are joined, feet and inches are not; `.5` gets its nought. */
function joinedGroups(text: string, { group }: Separators): string {
  const whole = text.replace(/(?<![\p{L}\d.,/:])[.,](?=\d)/gu, '0.');
  const joined = whole.replace(/(?<![\d.,]\d*)\d{1,3}(?:'\d{3})+(?!\d)/g, (number) => number.replaceAll("'", ''));
  const apart = joined.replace(/(?<=\d)['"]/g, ' ″ ');
  if (group !== ' ') return apart;
  return apart.replace(/(?<![\d.,]\d*)\d{1,3}(?: \d{3})+(?!\d)/g, (number) => number.replaceAll(' ', ''));
}

function readDigits(token: string, { decimal, group }: Separators): number | undefined {
  const common = /^(?:(\d+) )?(\d)\/(\d)$/.exec(token) ?? /^(\d*)(\d)⁄(\d+)$/.exec(token);
  if (common !== null) return Number(common[1] ?? 0) + Number(common[2]) / Number(common[3]);
  if (/^\d+$/.test(token)) return Number(token);
  if (!/^[\d.,]+$/.test(token)) return undefined;
  const marks = token.replace(/\d/g, '');
  const last = marks.at(-1) ?? '';
  const isOneKind = marks === last.repeat(marks.length);
  const isGrouped = isOneKind && GROUPED.test(token) && (marks.length > 1 || last === group);
  if (isGrouped) return Number(token.replaceAll(last, ''));
  if (isOneKind) return marks.length > 1 ? undefined : onlyDecimal(token, last, decimal);
  const [whole = '', fraction = ''] = [
    token.slice(0, token.lastIndexOf(last)),
    token.slice(token.lastIndexOf(last) + 1),
  ];
  const isMixed = !whole.includes(last) && GROUPED.test(whole);
  return isMixed ? Number(`${whole.replace(/\D/g, '')}.${fraction}`) : undefined;
}

/** Thousands, or lakhs and crores as India has them: `1,00,000`. */
const GROUPED = /^[1-9](?:\d{0,2}([.,])\d{3}(?:\1\d{3})*|\d?(?:,\d{2})+,\d{3})$/;

/** One mark that groups nothing: a decimal mark, also where the person's region has another. */
function onlyDecimal(token: string, mark: string, decimal: string): number | undefined {
  const isOwn = mark === decimal;
  const [, fraction = ''] = token.split(mark);
  // `1,234` where a comma is for decimals is a thousand to many, a fraction to others; the region decides.
  return isOwn || fraction.length !== 3 || token.startsWith('0') ? Number(token.replace(mark, '.')) : undefined;
}
