import type { MessageFailed } from '@parley/core';
import type { Problem } from './parsers/parser.ts';

/**
 * What a dialog came to: its output, whatever the dialog. `Unfinished` is what one that asks for several things has until then.
 *
 * A whole bot that is a dialog gives it to `onEnd`; {@link ask} makes an exit of each kind.
 */
export type Outcome<Value, Unfinished = unknown> = Answered<Value> | NoAnswer<Unfinished> | GaveUp<Unfinished>;

/** They have answered. */
export interface Answered<Value> {
  readonly kind: 'answered';
  readonly value: Value;
  /** What they texted, the last of it if it took several texts. */
  readonly text: string;
  /** When they did: milliseconds since the epoch. */
  readonly at: number;
}

/** They kept silent, reminders or not. */
export type NoAnswer<Unfinished = unknown> = { readonly kind: 'no-answer' } & Unfinished;

/** It came to nothing. */
export type GaveUp<Unfinished = unknown> = (OutOfAttempts | Undeliverable | Declined | WentBack) & Unfinished;

/** As often as it was asked, no answer was understood. */
export interface OutOfAttempts {
  readonly kind: 'gave-up';
  readonly because: 'attempts';
  /** What was wrong with the last answer. */
  readonly problem?: Problem;
}

/** A text could not be delivered while an answer was awaited. */
export interface Undeliverable {
  readonly kind: 'gave-up';
  readonly because: 'undeliverable';
  /** A code of the registry, or the provider's. */
  readonly code: MessageFailed['code'];
}

/** They do not want to answer: the command `leave`. */
export interface Declined {
  readonly kind: 'gave-up';
  readonly because: 'declined';
}

/** They want to go back to what was asked before: the command `back`. */
export interface WentBack {
  readonly kind: 'gave-up';
  readonly because: 'back';
}
