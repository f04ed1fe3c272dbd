import type { LocalTime } from '../schedule.ts';
import type { Malformed } from './recipient.ts';

/**
 * Where a broadcast is: `receiving` its list, `running` through it, `done`, `cancelled`, or `broken-off` because the list ended early:
 * then nobody was texted, and it can be begun anew.
 */
export type BroadcastState = 'receiving' | 'running' | 'done' | 'cancelled' | 'broken-off';

/** How far a broadcast has come. */
export interface BroadcastProgress {
  readonly id: string;
  readonly notification: string;
  readonly app: string;
  readonly state: BroadcastState;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly finishedAt?: number;
  /** How many people are to be texted: each once, malformed lines left out. */
  readonly recipients: number;
  /** Lines with somebody who was on the list before. */
  readonly duplicates: number;
  /** Lines that could not be read, and the first 100 of them. */
  readonly malformed: { readonly count: number; readonly first: readonly Malformed[] };
  /** How many have been dealt with; the sum of the outcomes. */
  readonly done: number;
  /** What became of them when they were dealt with; what comes later is in the message log. */
  readonly outcomes: Readonly<Record<OutcomeName, number>>;
  /** Why they were deferred or refused: how many by code. */
  readonly codes: Readonly<Record<string, number>>;
}

export type OutcomeName = 'sent' | 'scheduled' | 'deferred' | 'refused' | 'pending' | 'erased';

/** A broadcast as it is stored. */
export interface BroadcastRecord extends BroadcastProgress {
  readonly at?: number | LocalTime;
  /** How many chunks its list has, and which is the next to deal with. */
  readonly chunks: number;
  readonly next: number;
  /** Who is on the list and with which data, as a fingerprint; once all of it is stored. */
  readonly list?: string;
}

export const NO_OUTCOMES: Readonly<Record<OutcomeName, number>> = {
  sent: 0,
  scheduled: 0,
  deferred: 0,
  refused: 0,
  pending: 0,
  erased: 0,
};

/** What people are told of it. */
export function progressOf({
  at: _,
  chunks: __,
  next: ___,
  list: ____,
  ...progress
}: BroadcastRecord): BroadcastProgress {
  return progress;
}

/** What became of one recipient. */
export interface Dealt {
  readonly outcome: OutcomeName;
  readonly code?: string;
}

/** Different codes that are counted at most; further ones are counted as `other`. */
const MOST_CODES = 50;

/** A record once a chunk has been dealt with. */
export function advance(record: BroadcastRecord, dealt: readonly Dealt[]): BroadcastRecord {
  const outcomes: Record<OutcomeName, number> = { ...record.outcomes };
  const codes: Record<string, number> = { ...record.codes };
  for (const { outcome, code } of dealt) {
    outcomes[outcome] += 1;
    if (code === undefined) continue;
    const name = code in codes || Object.keys(codes).length < MOST_CODES ? code : 'other';
    codes[name] = (codes[name] ?? 0) + 1;
  }
  return { ...record, next: record.next + 1, done: record.done + dealt.length, outcomes, codes };
}
