/** What a parser may need to know besides the text. */
export interface Circumstances {
  /** When the text came: milliseconds since the epoch. */
  readonly now: number;
  /** The person's language, as in BCP 47: `en-US`, `es`. */
  readonly locale: string;
  /** The person's time zone, as IANA names it: `America/Chicago`. */
  readonly timeZone: string;
  /** The person's country, as in ISO 3166: `US`. How phone numbers, postal codes and dates are read. */
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

/** What a parser makes of a text. */
export type Parsed<Value> =
  | { readonly understood: true; readonly value: Value }
  | { readonly understood: false; readonly problem: Problem };

/** Reads an answer out of a text. Pure: the same text in the same circumstances gives the same. */
export type Parser<Value> = (text: string, circumstances: Circumstances) => Parsed<Value>;

export function understood<Value>(value: Value): Parsed<Value> {
  return { understood: true, value };
}

export function notUnderstood(code: string, details?: Problem['details']): Parsed<never> {
  return { understood: false, problem: { code, ...(details === undefined ? {} : { details }) } };
}
