import type { ActorPatch, AppOptions, MessageCategory, Plugin } from '@parley/core';
import type { Span } from '../simulate.ts';

/** A policy, and what it does by example. */
export interface PolicyUnderTest {
  /** Makes the plugin, as each process does. */
  create(): Plugin;
  /** Every code that it gives to a message. */
  readonly codes: readonly string[];
  /** What it does. Chance makes other stories of their steps. */
  readonly examples: readonly PolicyExample[];
  /** How long it may take until nothing waits any more, once the steps of an example are over and nobody does anything. Default a week and a day. */
  readonly settlesWithin?: Span;
  /** Keys of its data that may name a person who was erased, as a proof. Default: none. */
  readonly proofs?: RegExp;
  /** Plugins that it needs, in front of it. Default: none. */
  readonly others?: () => readonly Plugin[];
  /** Of the app that texts. Default: it is published. */
  readonly app?: Partial<Pick<AppOptions, 'mode' | 'onlyTo' | 'fallback' | 'otherwise'>>;
  /** How many stories chance makes for each rule. Default 4. */
  readonly stories?: number;
}

/** What happens, step by step, and what becomes of the last notification. */
export interface PolicyExample {
  /** The name of the test: `refuses the same text within half an hour`. */
  readonly what: string;
  /** When it begins, ISO. Default 2026-01-05T17:00:00Z, a Monday noon in New York. */
  readonly start?: string;
  readonly steps: readonly PolicyStep[];
  /** Of the last notification: whether it has left, waits, or has failed with a code of the policy. */
  readonly ends: 'sent' | 'deferred' | 'denied';
  /** The code with which it waits or has failed. Default: any. */
  readonly code?: string;
  /** What the phone has got instead of the text as it was given, if it was sent. Default: the text. */
  readonly as?: string;
  /** What somebody has to do until a message can go on that waits for people rather than for time. Default: nothing. */
  readonly release?: readonly PolicyStep[];
}

/**
 * One step. The person is `+14155550123` unless `person` says otherwise. Waits should end some minutes away from any limit: a
 * send that has to be tried again takes some seconds.
 */
export type PolicyStep =
  | { readonly wait: Span }
  | {
      readonly notify: string;
      /** Default `informational`. */
      readonly category?: MessageCategory;
      /** Default `news`. */
      readonly name?: string;
      readonly person?: string;
    }
  /** The person texts, and a bot answers. */
  | { readonly text: string; readonly person?: string }
  /** Something becomes known of the person. */
  | { readonly knows: ActorPatch; readonly person?: string }
  /** Whatever else happens, such as an entry in a ledger; given the plugin. */
  | { readonly act: (plugin: Plugin, now: number) => unknown };

export const ANN = '+14155550123';
/** What every key begins with that has Ann's number at its end. */
export const NEIGHBOUR = '+1415555012';
export const OURS = '+14155550100';
export const APP = 'app';
export const CARRIER = 'sms';
export const NEWS = 'news';
