import type Keyv from 'keyv';
import type { ActivityKind, ActivityRecord } from './activity.ts';
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

  /**
   * Deletes everything that is kept of a person, under whatever channel they texted: conversations, messages, activity and
   * the ids of their turns. Totals stay, as they name nobody. Plugins' own data is for plugins to erase.
   *
   * @param person their number without a channel: `+14155550123` covers `whatsapp:+14155550123`.
   */
  erase(person: string): Promise<Erased>;

  /**
   * Deletes or redacts one batch of what is older than a moment, oldest first; call it again until nothing is left. Messages
   * that have not left yet (`pending`) stay as they are, and so do totals. What is redacted already counts as nothing to do.
   */
  prune(request: PruneRequest): Promise<Pruned>;

  /** Everything in here as plain rows: how a deployment moves to another storage. */
  readonly archive: Archive;

  /** Finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

/** How much {@link Storage.erase} found. */
export interface Erased {
  readonly conversations: number;
  readonly messages: number;
}

/** What {@link Storage.prune} is to do. */
export interface PruneRequest {
  /** Milliseconds since the epoch; what is of this moment or later stays. */
  readonly before: number;
  /**
   * `delete` takes rows away. `redact` keeps a message with its status and empties its text and media, and keeps activity
   * without its `data`.
   */
  readonly mode: 'delete' | 'redact';
  readonly what: 'messages' | 'activity';
  /** Only of this app. Default: of all. */
  readonly app?: string;
  /** How many rows at most. */
  readonly limit: number;
}

/** What one batch of {@link Storage.prune} has done. */
export interface Pruned {
  /** How many rows were changed or deleted. */
  readonly rows: number;
  /** Whether nothing older is left to do. */
  readonly done: boolean;
}

/** The parts of an archive, in the order in which they are to be written. */
export const ARCHIVE_PARTS = ['conversations', 'turns', 'messages', 'activity', 'totals', 'data', 'claims'] as const;

export type ArchivePart = (typeof ARCHIVE_PARTS)[number];

/** The rows of each part, as plain JSON; the same data gives equal rows from every storage. */
export interface ArchiveRows {
  readonly conversations: ConversationDocument;
  /** An id under which a conversation has taken a turn in. */
  readonly turns: { readonly conversation: ConversationKey; readonly id: string; readonly at: number };
  readonly messages: MessageRecord;
  readonly activity: ActivityRecord;
  readonly totals: Required<MessageTotal>;
  /** What plugins keep: the value as Keyv has serialised it. */
  readonly data: {
    readonly namespace: string;
    readonly key: string;
    readonly value: string;
    readonly expiresAt: number | null;
  };
  readonly claims: { readonly key: string; readonly owner: string; readonly expiresAt: number };
}

export interface ArchivePage<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

/** Reads and writes everything of a storage. Nobody else may write meanwhile. */
export interface Archive {
  /**
   * Rows of one part, in an order that stays the same: messages and activity oldest first, the ids of a conversation too.
   * Without what has run out. `after` is the `next` of the page before.
   */
  read<Part extends ArchivePart>(
    part: Part,
    query: { readonly after?: string; readonly limit: number },
  ): Promise<ArchivePage<ArchiveRows[Part]>>;
  /** Adds rows to a storage that was empty; parts in the order of {@link ARCHIVE_PARTS}, totals as they come. */
  write<Part extends ArchivePart>(part: Part, rows: readonly ArchiveRows[Part][]): Promise<void>;
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
   */
  turn<Result>(
    key: ConversationKey,
    decide: (document: ConversationDocument | undefined) => Turn<Result>,
    options?: TurnOptions,
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

  /**
   * How many conversations are due and have not been taken up, counted up to `limit`, and since when. Quick with a limit such
   * as 10,000, however many wait.
   */
  backlog(now: number, limit: number): Promise<Backlog>;

  /** Documents that match all that is asked for, in the order of their keys, `limit` at a time, after the key `after`. */
  list(query: ConversationQuery): Promise<readonly ConversationDocument[]>;

  /**
   * Calls `listener` when another process has committed a `dueAt`, so that looking for what is due can be rare. Only on
   * storages that processes share; what it tells may be lost when a connection breaks.
   */
  watch?(listener: (dueAt: number) => void): () => void;
}

export interface ConversationQuery {
  readonly app?: string;
  /** Only those that somebody has to look at: see `isParked`. Quick however many there are in all. */
  readonly parked?: true;
  /** Only those that people have: with a `handoff`. Quick however many there are in all. */
  readonly handedOver?: true;
  /**
   * Only with people whose number, without its channel, begins like this: `+1415555` finds `whatsapp:+14155550123` too. The
   * order is then by number, and of one number by key. Quick by itself; what else is asked for is looked for among these.
   */
  readonly person?: string;
  readonly after?: ConversationKey;
  readonly limit: number;
}

/** Conversations that are due: those that somebody has a lease on are being worked on, and do not count. */
export interface Backlog {
  /** How many, the limit at most. */
  readonly due: number;
  /**
   * The earliest moment since when one of them has been due; absent when none is. A `dueAt` of 0 means at once, and does not
   * say since when.
   */
  readonly since?: number;
}

export interface TurnOptions {
  /**
   * An id under which this conversation takes in at most one turn; another with the same id resolves to `duplicate`
   * without running `decide`. Remembered for seven days at least (Keyv storage: for the last 200 ids).
   */
  readonly once?: string;
  /** The message whose status the turn is likely to move, so that a storage can read it along with the document. */
  readonly message?: MessageId;
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
  /** How many there are by app, direction and status, and by what else is asked for; kept as counters, never counted. */
  totals(query?: TotalsQuery): Promise<readonly MessageTotal[]>;
  /** Which errors messages have failed with in a span of time: looks through those that have, from the newest on. */
  failures(query: FailuresQuery): Promise<Failures>;
}

export interface FailuresQuery {
  readonly app?: string;
  /** Only of this number of ours. */
  readonly ours?: Address;
  /** From this moment on, milliseconds since the epoch: that of the message, not of its failure. */
  readonly since: number;
  /** Before this moment. */
  readonly until: number;
  /**
   * How many messages that failed are looked through at most, those of other apps and numbers included: 100,000 take about a
   * second, in small steps.
   */
  readonly limit: number;
}

export interface Failures {
  /** The most frequent first, equally frequent ones by code. */
  readonly counts: readonly FailureCount[];
  /** Whether the whole span was looked through; if not, the limit has left older messages out. */
  readonly complete: boolean;
}

export interface FailureCount {
  /** The code of the message's `error`; absent for those that failed without saying why. */
  readonly code?: string;
  readonly count: number;
}

export interface TotalsQuery {
  readonly app?: string;
  /** Only of this number of ours. */
  readonly ours?: Address;
  /** From the day of this moment on, UTC. */
  readonly since?: number;
  /** Before the day of this moment, UTC. */
  readonly until?: number;
  /** Default: neither; one figure for all numbers and days. */
  readonly by?: readonly ('ours' | 'day')[];
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
  /** Said by the bot with this id. No index knows it: messages are looked through from the newest on, as for a text. */
  readonly bot?: string;
  /** Of the notification with this name; looked through likewise. */
  readonly notification?: string;
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
  /** Present when asked for. */
  readonly ours?: Address;
  /** The beginning of the day, UTC, in milliseconds since the epoch; present when asked for. */
  readonly day?: number;
  readonly direction: 'inbound' | 'outbound';
  readonly status: MessageStatus;
  readonly count: number;
}

export interface ActivityStore {
  /** What happened that matches all that is asked for, newest first. */
  list(query: ActivityQuery): Promise<ActivityPage>;
}

export interface ActivityQuery {
  /** Quick by itself and with `kinds`, however much there is of other apps and kinds. */
  readonly app?: string;
  readonly conversation?: ConversationKey;
  readonly journey?: string;
  /** Of any of these kinds; of none is none. */
  readonly kinds?: readonly ActivityKind[];
  /** With the bot of this id. No index knows it: what else is asked for is looked through from the newest on. */
  readonly bot?: string;
  /** From this moment on, milliseconds since the epoch. */
  readonly since?: number;
  /** Before this moment. */
  readonly until?: number;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: string;
}

export interface ActivityPage {
  readonly activity: readonly ActivityRecord[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}
