import type Keyv from 'keyv';
import type { ActivityRecord } from './activity.ts';
import type { Address, ConversationKey } from './address.ts';
import type { ConversationDocument } from './document.ts';
import type { MessageId, MessageRecord, MessageStatus } from './message.ts';
import type { Clock, Log } from './runtime.ts';
import type { StatusUpdate } from './status.ts';

/**
 * Keeps conversations, messages and plugins' own data. Made by a factory (`sqlite({…})`); every storage passes the
 * same suite (`storageContract` of @parley/testing).
 */
export interface Storage {
  readonly name: string;
  /** Whether no other process can be using the same data while this one has it open. */
  readonly exclusive: boolean;
  /** Where the data is, for people to read: a file, a host. Never with a password. */
  readonly location?: string;

  /** Connects and brings the schema up to date; called once, before anything else. */
  open(context: StorageContext): Promise<void>;

  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly activity: ActivityStore;

  /** A Keyv for a plugin's own data, on the same database. The same namespace gives the same data. */
  keyv(namespace: string): Keyv;

  /**
   * Takes `key` for `owner` if nobody has it, and answers who has it now. Atomic across processes; asking again as
   * the owner keeps it without extending it.
   *
   * @param ttl how long it is held, in milliseconds of the runtime's clock.
   */
  claim(key: string, owner: string, ttl: number): Promise<string>;

  /** Gives a claim back, if `owner` still has it. */
  release(key: string, owner: string): Promise<void>;

  /** Finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

export interface StorageContext {
  readonly clock: Clock;
  readonly log: Log;
}

export interface ConversationStore {
  /**
   * Runs `decide` alone on the latest document of a conversation (`undefined` if there is none) and commits what it
   * returns: all of it or, when anything fails, nothing. Resolves after the commit is on disk. `decide` is synchronous and
   * may run more than once if the storage has to try again.
   *
   * A turn without a `commit` writes nothing. When `decide` throws, nothing is written and the error comes back;
   * other conversations in the same group commit are not touched by it.
   *
   * @param once an id under which this conversation takes in at most one turn; another with the same id resolves to
   * `duplicate` without running `decide`. Remembered for seven days at least (Keyv storage: for the last 200 ids).
   */
  turn<Result>(
    key: ConversationKey,
    decide: (document: ConversationDocument | undefined) => Turn<Result>,
    options?: { readonly once?: string },
  ): Promise<TurnOutcome<Result>>;

  /** The document as it was last committed. */
  get(key: ConversationKey): Promise<ConversationDocument | undefined>;

  /**
   * The keys of up to `limit` conversations whose `dueAt` is at `now` or before, earliest first. Each is held back
   * from everybody until `leaseUntil`, or until its next turn says otherwise.
   */
  due(now: number, limit: number, leaseUntil: number): Promise<readonly ConversationKey[]>;

  /** The earliest `dueAt` of all, leases included; `undefined` when nothing waits. */
  nextDueAt(): Promise<number | undefined>;

  /** Documents by key, `limit` at a time, after the key `after`. */
  list(query: {
    readonly app?: string;
    readonly after?: ConversationKey;
    readonly limit: number;
  }): Promise<readonly ConversationDocument[]>;
}

/** What a turn wants: an answer to its caller and, unless nothing changed, a commit. */
export interface Turn<Result> {
  readonly result: Result;
  readonly commit?: TurnCommit;
}

/** Everything that one turn writes, atomically. */
export interface TurnCommit {
  readonly document: ConversationDocument;
  /** New messages of this conversation. */
  readonly messages: readonly MessageRecord[];
  /** Moves of messages of this conversation, applied with `mergeStatus`; those of unknown messages are dropped. */
  readonly statuses: readonly { readonly id: MessageId; readonly update: StatusUpdate }[];
  readonly activity: readonly ActivityRecord[];
}

export type TurnOutcome<Result> = { readonly kind: 'done'; readonly result: Result } | { readonly kind: 'duplicate' };

export interface MessageStore {
  get(id: MessageId): Promise<MessageRecord | undefined>;
  getByProviderId(providerId: string): Promise<MessageRecord | undefined>;
  /**
   * Applies a status with `mergeStatus`, atomically, to the message with this id. Resolves to the message before and
   * after, the same object twice when nothing changed; to `undefined` when there is no such message.
   */
  applyStatus(
    id: MessageId,
    update: StatusUpdate,
  ): Promise<{ readonly before: MessageRecord; readonly after: MessageRecord } | undefined>;
  /** Messages that match all that is asked for, newest first. */
  list(query: MessageQuery): Promise<MessagePage>;
  /** How many there are by app and status. */
  totals(query?: { readonly app?: string }): Promise<readonly MessageTotal[]>;
}

export interface MessageQuery {
  readonly app?: string;
  readonly conversation?: ConversationKey;
  readonly theirs?: Address;
  readonly direction?: 'inbound' | 'outbound';
  readonly status?: MessageStatus;
  /** From this moment on, milliseconds since the epoch. */
  readonly since?: number;
  /** Before this moment. */
  readonly until?: number;
  /** Occurs in the text, whatever its case (ASCII letters at least). */
  readonly text?: string;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: string;
}

export interface MessagePage {
  readonly messages: readonly MessageRecord[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

export interface MessageTotal {
  readonly app: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: MessageStatus;
  readonly count: number;
}

export interface ActivityStore {
  /** What happened in a conversation or a journey, newest first. */
  list(query: {
    readonly conversation?: ConversationKey;
    readonly journey?: string;
    readonly limit: number;
  }): Promise<readonly ActivityRecord[]>;
}
