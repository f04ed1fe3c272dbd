import type { ConversationKey } from './address.ts';

/** Something that happened in a conversation besides messages; never holds a message's text. */
export interface ActivityRecord {
  /** Unique, sorts by time. */
  readonly id: string;
  readonly conversation: ConversationKey;
  readonly app: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly journey?: string;
  readonly bot?: string;
  readonly kind: ActivityKind;
  /** The name given to `track`, the code of an error, why a journey ended. */
  readonly name?: string;
  /** What a bot tracked, the output of a journey: plain JSON. */
  readonly data?: unknown;
}

export type ActivityKind =
  | 'journey.started'
  | 'journey.ended'
  | 'journey.expired'
  | 'journey.extended'
  | 'journey.migrated'
  | 'hook.failed'
  | 'track'
  | 'handoff'
  | 'resumed'
  | 'parked'
  | 'halted'
  | 'in-doubt'
  | 'resent'
  | 'retried'
  | 'skipped'
  | 'task.retry'
  | 'task.failed';
