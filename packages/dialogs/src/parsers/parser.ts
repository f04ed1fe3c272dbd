/** What a parser may need to know besides the text. */
export interface Circumstances {
  /** When the text came: milliseconds since the epoch. */
  readonly now: number;
  /** The person's language, as in BCP 47: `en-US`, `es`. */
  readonly locale: string;
  /** The person's time zone, as IANA names it: `America/Chicago`. */
  readonly timeZone: string;
  /**
   * The person's country, as in ISO 3166: `US`; empty if it is not known. How phone numbers and postal codes are read, and numbers and dates
   * where the locale names no region.
   */
  readonly country: string;
}

/**
 * Why a text was not taken as an answer, so that the next prompt can help: a code of the parser's own, and what it has to do with
 * what was texted, such as the words that were nearly it.
 */
export interface Problem {
  /** `not-a-number`, `too-high`, `ambiguous` … */
  readonly code: string;
  /** Plain data: `{ max: 12 }`, `{ between: ['small', 'large'] }`. Never the text itself. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What a parser makes of a text: plain data, so that it survives being stored. */
export type Parsed<Value> =
  | { readonly understood: true; readonly value: Value }
  | { readonly understood: false; readonly problem: Problem };

/**
 * Reads an answer out of a text. Pure: the same text in the same circumstances gives the same, in whatever zone the process runs. Throws at
 * no text. The codes of its problems are stable, and are named where it is made.
 */
export interface Parser<Value> {
  (text: string, circumstances: Circumstances): Parsed<Value>;
  /** Texts that it understands, each as something else, for walks through a bot: see {@link withExamples}. Default: none. */
  readonly examples?: readonly string[];
}

/**
 * A parser with texts that it understands. `explore` and `parley check` answer with them.
 *
 * ```ts
 * const seat = withExamples(['12A', '3C'], mapped(matching(/\b\d+[A-F]\b/), ({ text }) => text));
 * ```
 */
export function withExamples<Value>(examples: readonly string[], parser: Parser<Value>): Parser<Value> {
  // Another function: the parser may have examples of its own elsewhere.
  return Object.assign((...given: Parameters<Parser<Value>>) => parser(...given), { examples });
}

/** An answer that was understood. */
export function understood<Value>(value: Value): Parsed<Value> {
  return { understood: true, value };
}

/** A text that was not, and why: see {@link Problem}. */
export function notUnderstood(code: string, details?: Problem['details']): Parsed<never> {
  return { understood: false, problem: { code, ...(details === undefined ? {} : { details }) } };
}
