import type { ProblemCode } from './api-problem.ts';

/**
 * Twilio's magic numbers: what its test credentials answer for them. A number outside the tables is taken.
 *
 * Source: docs/reference/twilio.md, section Test credentials.
 */
export const magicSenders: Readonly<Record<string, ProblemCode>> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
};

/** As {@link magicSenders}, for recipients. */
export const magicRecipients: Readonly<Record<string, ProblemCode>> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};

/** The sender that every account may use, as with Twilio's test credentials. */
export const MAGIC_SENDER = '+15005550006';

/** How a message to a number ends. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** The carrier never says what became of it. */
  | { readonly kind: 'unconfirmed' }
  /** Reported lost, then delivered all the same, with a later date. */
  | { readonly kind: 'late'; readonly errorCode: number }
  | { readonly kind: 'undelivered' | 'failed'; readonly errorCode: number };

/** The codes with which Twilio itself gives up; all others are the carrier's doing. */
const FAILED_BY_TWILIO = new Set([30001, 30002]);

/**
 * The emulator's own magic recipients, for failures that show only after the message was taken:
 * - `+1 500 555 3nnn` ends with the error 30nnn: `+15005553003` is out of reach, `+15005553007` filtered.
 * - `+1 500 555 4000` stays `sent` for ever.
 * - `+1 500 555 4001` is reported undelivered and then delivered.
 */
export function outcomeOf(to: string): Outcome {
  const [, number] = /^(?:whatsapp:)?\+1500555([34]\d{3})$/.exec(to) ?? [];
  if (number === undefined) return { kind: 'delivered' };
  if (number === '4000') return { kind: 'unconfirmed' };
  if (number === '4001') return { kind: 'late', errorCode: 30003 };
  if (number.startsWith('4')) return { kind: 'delivered' };
  const errorCode = 30_000 + Number(number.slice(1));
  return { kind: FAILED_BY_TWILIO.has(errorCode) ? 'failed' : 'undelivered', errorCode };
}
