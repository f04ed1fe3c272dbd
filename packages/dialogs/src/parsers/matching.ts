import { notUnderstood, type Parser, understood } from './parser.ts';
import { tidy } from './reading/tidy.ts';

export interface Match {
  /** What matched. */
  readonly text: string;
  /** What its named groups matched, those that took part. */
  readonly groups: Readonly<Record<string, string>>;
}

/**
 * What an expression finds in a text. White space is single spaces by then, quotes are straight, and signatures are gone. Case matters
 * unless the expression says `i`.
 *
 * ```ts
 * const order = mapped(matching(/\b(?<number>\d{6})\b/), ({ groups }) => groups['number']);
 * ```
 *
 * Problem: `no-match`.
 */
export function matching(expression: RegExp): Parser<Match> {
  const { source, flags } = expression;
  return (text) => {
    const found = new RegExp(source, flags.replace(/[gy]/g, '')).exec(tidy(text));
    if (found === null) return notUnderstood('no-match');
    const groups = Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined);
    return understood({ text: found[0], groups: Object.fromEntries(groups) });
  };
}
