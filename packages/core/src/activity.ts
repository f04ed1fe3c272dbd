import type { AnyEventObject } from 'xstate';
import type { ConversationKey } from './address.ts';
import type { CodecMeta } from './host/codec.ts';
import type { HostDocument } from './host/document.ts';

/**
 * Something that happened in a conversation besides messages. Never holds a message's text, but for the steps of an app that keeps a
 * journal of them.
 */
export interface ActivityRecord {
  /** Unique, sorts by time. */
  readonly id: string;
  readonly conversation: ConversationKey;
  readonly app: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly journey?: string;
  readonly bot?: string;
  /** Of the bot, where a journey has begun. */
  readonly version?: string;
  readonly kind: ActivityKind;
  /** The name given to `track`, the code of an error, why a journey ended. */
  readonly name?: string;
  /** What a bot tracked, the output of a journey, a step as {@link JournalStep}: plain JSON. */
  readonly data?: unknown;
  /** The state that the machine was in when its journey ended: XState's state value. */
  readonly state?: unknown;
}

/** One step of a machine, for people who look for what it did; its activity is named after the event. */
export interface JournalStep {
  /**
   * What the machine was told, with its payload; `xstate.init` with the input that it began with. Absent where that was too large to
   * keep.
   */
  readonly event?: AnyEventObject;
  /** What plain JSON loses of the event: `decode` of `@parley/core/host` gives it back as it was. */
  readonly meta?: CodecMeta;
  /** The machine after it, with timers and tasks. Absent where that was too large to keep. */
  readonly machine?: HostDocument;
  /** Its state value. */
  readonly state: unknown;
}

export type ActivityKind =
  /** A machine has taken in an event; only of apps with a journal. */
  | 'step'
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
