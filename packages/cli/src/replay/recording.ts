import type { ActorProfile, ConversationKey, Media, MessageFailed } from '@parley/core';

/** A journey as it was recorded, with those that its bot started: what went into it, and what came out. */
export interface Recording {
  readonly conversation: ConversationKey;
  readonly app: string;
  /** The ids of its journeys, the first one's ahead. */
  readonly journeys: readonly string[];
  readonly bot: string;
  /** That it began on; unknown of old ones. */
  readonly version: string | undefined;
  /** Milliseconds since the epoch, like every moment in here. */
  readonly startedAt: number;
  /** The last moment that anything is known of. */
  readonly until: number;
  /** How long a slower bot would have been let alone. */
  readonly horizon: number;
  readonly start: RecordedStart;
  /** What was known of the person, where a journal has it. */
  readonly actor: ActorProfile | undefined;
  /** Whether it began with the first text ever. */
  readonly isFirst: boolean;
  readonly hasJournal: boolean;
  readonly inputs: readonly RecordedInput[];
  readonly tasks: readonly RecordedTask[];
  readonly said: readonly RecordedText[];
  /** When the bot could not take something in. */
  readonly troubles: readonly (Ordered & { readonly code: string })[];
  readonly end: JourneyState;
  /** Spans in which timers that were due did not fire, as nobody was there. */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
  /** From where on something is missing, and what. */
  readonly gap: Gap | undefined;
}

export interface Gap {
  readonly at: number;
  readonly reason: string;
}

/** When it happened: at a moment, and of several at one moment in the order of their ids, which sort by time. */
export interface Ordered {
  readonly at: number;
  readonly id: string;
}

/** A text as a person has sent it. */
export interface HeardWords {
  readonly text: string;
  readonly media: readonly Media[];
  /** When it was received. */
  readonly heardAt: number;
}

export type RecordedStart =
  | ({ readonly kind: 'text' } & Ordered & HeardWords)
  /** By a program. `isKnown`: whether it is known what it was given. */
  | { readonly kind: 'request'; readonly data: unknown; readonly isKnown: boolean };

export type RecordedInput = Ordered &
  (
    | ({ readonly kind: 'text' } & HeardWords)
    /** People took the conversation, or gave it back. */
    | { readonly kind: 'hand-over'; readonly to: string }
    | { readonly kind: 'resume' }
    /** What the bot could not take in was given to it again, or dropped. */
    | { readonly kind: 'retry' | 'skip' }
    /** The journey was given more time. */
    | { readonly kind: 'prolong'; readonly until: number }
    /** Somebody had a timer fire before its time: that one alone, or time passed for all. */
    | { readonly kind: 'hurry'; readonly by: number; readonly event: string; readonly alone: boolean }
  );

/** Something that a bot had done, and how it ended, if it did. */
export interface RecordedTask {
  readonly name: string;
  readonly input: unknown;
  readonly beganAt: number;
  readonly result?: Ordered &
    ({ readonly kind: 'done'; readonly output: unknown } | { readonly kind: 'failed'; readonly error: unknown });
}

/** A text that was said, and what became of it. */
export interface RecordedText extends Ordered {
  readonly text: string;
  readonly media: readonly Media[];
  readonly fate?: Ordered &
    ({ readonly kind: 'delivered' } | ({ readonly kind: 'failed' } & Pick<MessageFailed, 'code' | 'reason'>));
}

/** How a journey ended, or that it is running, and in which state. */
export interface JourneyState {
  readonly how: string;
  /** XState's state value; absent where it was not kept. */
  readonly state?: unknown;
}
