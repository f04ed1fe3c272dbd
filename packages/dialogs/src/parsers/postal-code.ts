import { notUnderstood, type Parser, understood, withExamples } from './parser.ts';
import { type PostalCodeFormat, postalCodes } from './postal-codes.ts';
import { tidy } from './reading/tidy.ts';

export interface PostalCodeOptions {
  /** Whose codes are taken, as in ISO 3166, the likeliest first: `['US', 'CA']`. Default: the person's country. */
  readonly countries?: readonly string[];
}

/**
 * A postal code anywhere in a text, as its country writes it: `94103`, `94103-1234`, `K1A 0B1`, `SW1A 1AA`. Of a country whose codes are not
 * known, any text of 2 to 10 letters and digits with a digit among them, in capitals.
 *
 * Problems: `not-a-postal-code` with `example`, one of the first country; `several`.
 */
export function postalCode({ countries }: PostalCodeOptions = {}): Parser<string> {
  return withExamples([exampleOf(countries)], (text, { country }) => {
    const formats = (countries ?? [country]).map((each) => postalCodes[each.toUpperCase()] ?? ELSEWHERE);
    const tidied = tidy(text)
      .toUpperCase()
      .replace(/(?<=\d)[OI](?=\d)/g, (letter) => (letter === 'O' ? '0' : '1'));
    for (const format of formats) {
      const [code, ...others] = codesIn(tidied, format);
      if (others.length > 0) return notUnderstood('several');
      if (code !== undefined) return understood(code);
    }
    const example = formats[0]?.example;
    return notUnderstood('not-a-postal-code', example === undefined || example === '' ? {} : { example });
  });
}

function exampleOf([country = 'US']: readonly string[] = []): string {
  return postalCodes[country.toUpperCase()]?.example ?? 'A1';
}

const ELSEWHERE: PostalCodeFormat = {
  pattern: /^((?=.*\d)[A-Z\d](?:[A-Z\d -]{0,8}[A-Z\d]))$/,
  written: ([code = '']) => code,
  example: '',
};

/** The most words that a code is written as: `K 1 A 0 B 1` is too far from one. */
const MOST_WORDS = 3;

/** Codes that one to three words of a text are. A code within a longer one is none. */
function codesIn(text: string, { pattern, written }: PostalCodeFormat): readonly string[] {
  const words = text
    .split(' ')
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '');
  const codes = new Set<string>();
  for (let index = 0; index < words.length; ) {
    const found = longestAt(words, index, pattern);
    if (found !== undefined) codes.add(written(found.groups));
    index += found?.length ?? 1;
  }
  return [...codes];
}

function longestAt(
  words: readonly string[],
  index: number,
  pattern: RegExp,
): { readonly groups: readonly string[]; readonly length: number } | undefined {
  for (let length = Math.min(MOST_WORDS, words.length - index); length > 0; length--) {
    const groups = pattern.exec(words.slice(index, index + length).join(' '))?.slice(1);
    if (groups !== undefined) return { groups: groups.map((group) => group ?? ''), length };
  }
  return undefined;
}
