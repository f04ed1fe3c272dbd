import { randomInt } from 'node:crypto';
import {
  type ConversationDocument,
  type ConversationKey,
  type MessageId,
  type MessageRecord,
  mergeStatus,
  type StatusUpdate,
  type Turn,
  type TurnCommit,
  type TurnOutcome,
} from '@parley/core';
import { type Committed, type Moved, type Written, write } from './commit.ts';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, type MessageRow, recordOf } from './messages.ts';
import { toText } from './text.ts';
import { appended, moved } from './totals.ts';

export interface TurnJob {
  readonly kind: 'turn';
  readonly key: ConversationKey;
  readonly decide: (document: ConversationDocument | undefined) => Turn<unknown>;
  readonly once: string | undefined;
  /** The message that its statuses are likely to be about. */
  readonly message: MessageId | undefined;
}

export interface StatusJob {
  readonly kind: 'status';
  readonly id: MessageId;
  readonly update: StatusUpdate;
}

export type Job = TurnJob | StatusJob;

export interface MessageMove {
  readonly before: MessageRecord;
  readonly after: MessageRecord;
}

/** What became of a job: `overtaken` by another process, it has to be done again. */
export type Settled =
  | { readonly kind: 'done'; readonly value: TurnOutcome<unknown> | MessageMove | undefined }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'overtaken' };

/** How a batch was written. */
export interface BatchOutcome {
  readonly settled: readonly Settled[];
  /** The earliest `dueAt` of what was committed. */
  readonly dueAt: number | undefined;
  /** The moment of the oldest row that was added of each kind, or infinity. */
  readonly oldest: { readonly messages: number; readonly activity: number };
}

const STAMPS = 2 ** 47;

/** What is known of a conversation while a batch is at it. */
interface Conversation {
  readonly key: ConversationKey;
  readonly was: number | null;
  json: string | undefined;
  document: ConversationDocument | undefined;
  readonly taken: Set<string>;
  readonly once: string[];
  readonly commits: TurnCommit[];
}

/** What is known of a message while a batch is at it. */
interface Message {
  /** The version it was read with; `undefined` when a turn of this batch says it. */
  readonly version: number | undefined;
  readonly before: MessageRecord;
  current: MessageRecord;
  /** The conversation whose turn has moved it. */
  key: ConversationKey | null;
}

/**
 * Takes in several turns and statuses in two ways to the server: one reads all that they need, then they are decided
 * in order and in memory, and one writes what came of them. Between the two nothing is locked and no connection is held.
 */
export class TurnBatch {
  readonly #database: Database;
  readonly #jobs: readonly Job[];
  readonly #conversations = new Map<ConversationKey, Conversation>();
  readonly #messages = new Map<MessageId, Message>();
  readonly #said: Message[] = [];
  /** What each job comes to if what it rests on is committed. */
  readonly #hoped: Settled[] = [];

  constructor(database: Database, jobs: readonly Job[]) {
    this.#database = database;
    this.#jobs = jobs;
  }

  /** @throws what PostgreSQL says; then nothing was written, or nobody knows. */
  async run(now: number, slot: number): Promise<BatchOutcome> {
    await this.#read();
    const commits = this.#jobs.map((job, index) => this.#decide(job, index));
    await this.#readMessages(commits.flatMap((commit) => commit?.statuses.map(({ id }) => id) ?? []));
    for (const [index, job] of this.#jobs.entries()) this.#apply(job, index, commits[index]);
    const committed = await this.#write(now, slot);
    return {
      settled: this.#jobs.map((job, index) => this.#settle(job, this.#hoped[index], committed)),
      dueAt: this.#earliestDue(committed),
      oldest: {
        messages: oldestOf(this.#said.map(({ current }) => current)),
        activity: oldestOf(commits.flatMap((commit) => commit?.activity ?? [])),
      },
    };
  }

  async #read(): Promise<void> {
    const keys = this.#jobs.map((job) => (job.kind === 'turn' ? job.key : null));
    const first = keys.map((key, index) => (keys.indexOf(key) === index ? key : null));
    const once = this.#jobs.map((job) => (job.kind === 'turn' && job.once !== undefined ? toText(job.once) : null));
    const ids = this.#jobs.map((job) => (job.kind === 'turn' ? (job.message ?? null) : job.id));
    const rows = await this.#database.query<ReadRow>(READ, [first, keys, once, ids]);
    for (const [index, job] of this.#jobs.entries()) {
      const row = rows[index];
      if (row === undefined) throw new Error('PostgreSQL answered with too few rows.');
      if (job.kind === 'turn') this.#found(job, row);
      if (row.id !== null && row.version !== null) this.#foundMessage(row as MessageRow & { version: number });
    }
  }

  #found({ key, once }: TurnJob, { stamp, document, taken }: ReadRow): void {
    let conversation = this.#conversations.get(key);
    if (conversation === undefined) {
      const json = document ?? undefined;
      conversation = { key, was: stamp, json, document: undefined, taken: new Set(), once: [], commits: [] };
      this.#conversations.set(key, conversation);
    }
    if (taken && once !== undefined) conversation.taken.add(once);
  }

  #foundMessage(row: MessageRow & { readonly version: number }): void {
    if (this.#messages.has(row.id)) return;
    const record = recordOf(row);
    this.#messages.set(row.id, { version: row.version, before: record, current: record, key: null });
  }

  /** Runs the caller's own function on what the jobs before it have left. */
  #decide(job: Job, index: number): TurnCommit | undefined {
    if (job.kind === 'status') return undefined;
    const conversation = this.#conversations.get(job.key) as Conversation;
    if (job.once !== undefined && conversation.taken.has(job.once)) {
      this.#hoped[index] = { kind: 'done', value: { kind: 'duplicate' } };
      return undefined;
    }
    try {
      // Parsed for each: what a caller does to its document is nobody else's business.
      const { json } = conversation;
      const { result, commit } = job.decide(json === undefined ? undefined : JSON.parse(json));
      if (commit !== undefined) {
        conversation.json = JSON.stringify(commit.document);
        conversation.document = commit.document;
        if (job.once !== undefined) {
          conversation.taken.add(job.once);
          conversation.once.push(job.once);
        }
        conversation.commits.push(commit);
      }
      this.#hoped[index] = { kind: 'done', value: { kind: 'done', result } };
      return commit;
    } catch (error) {
      this.#hoped[index] = { kind: 'failed', error };
      return undefined;
    }
  }

  /** Reads messages that nobody had announced: a third way to the server. */
  async #readMessages(ids: readonly MessageId[]): Promise<void> {
    const said = new Set(this.#conversationsWritten().flatMap(({ commits }) => commits.flatMap(saidIn)));
    const unknown = ids.filter((id) => !this.#messages.has(id) && !said.has(id));
    if (unknown.length === 0) return;
    const rows = await this.#database.query<MessageRow & { version: number }>(READ_MESSAGES, [[...new Set(unknown)]]);
    for (const row of rows) this.#foundMessage(row);
  }

  #apply(job: Job, index: number, commit: TurnCommit | undefined): void {
    if (job.kind === 'status') {
      this.#hoped[index] = { kind: 'done', value: this.#move(job.id, job.update, null) };
      return;
    }
    for (const message of commit?.messages ?? []) {
      const fresh = { version: undefined, before: message, current: message, key: job.key };
      this.#messages.set(message.id, fresh);
      this.#said.push(fresh);
    }
    for (const { id, update } of commit?.statuses ?? []) this.#move(id, update, job.key);
  }

  #move(id: MessageId, update: StatusUpdate, key: ConversationKey | null): MessageMove | undefined {
    const message = this.#messages.get(id);
    if (message === undefined || (key !== null && message.before.conversation !== key)) return undefined;
    const before = message.current;
    const after = mergeStatus(before, update);
    if (after !== before) {
      message.current = after;
      message.key = key ?? message.key;
    }
    return { before, after };
  }

  async #write(now: number, slot: number): Promise<Committed> {
    const conversations = this.#conversationsWritten();
    const moves = this.#moves();
    if (conversations.length + moves.length === 0) return { keys: new Set(), messages: new Set() };
    const commit = {
      conversations: conversations.map(writtenOf),
      moves,
      once: conversations.flatMap(({ key, once }) => once.map((id) => ({ key, id: toText(id) }))),
      messages: this.#said.map(({ current }) => current),
      activity: conversations.flatMap(({ commits }) => commits.flatMap(({ activity }) => activity)),
      changes: [
        ...this.#said.map(({ current }) => appended(current)),
        ...moves.flatMap(({ message, key }) => moved(this.#messages.get(message.id)?.before ?? message, message, key)),
      ],
    };
    return write(this.#database, commit, now, slot);
  }

  #conversationsWritten(): readonly Conversation[] {
    return [...this.#conversations.values()].filter(({ document }) => document !== undefined);
  }

  #moves(): readonly Moved[] {
    return [...this.#messages.values()].flatMap(({ version, before, current, key }) =>
      version === undefined || before === current ? [] : [{ message: current, was: version, key }],
    );
  }

  #settle(job: Job, hoped: Settled | undefined, { keys, messages }: Committed): Settled {
    if (hoped === undefined) throw new Error('A job was forgotten.');
    if (hoped.kind === 'failed') return hoped;
    if (job.kind === 'turn') {
      const isWritten = this.#conversations.get(job.key)?.document !== undefined;
      return isWritten && !keys.has(job.key) ? { kind: 'overtaken' } : hoped;
    }
    const message = this.#messages.get(job.id);
    if (message === undefined || message.current === message.before) return hoped;
    const isCommitted = message.key === null ? messages.has(job.id) : keys.has(message.key);
    return isCommitted ? hoped : { kind: 'overtaken' };
  }

  #earliestDue({ keys }: Committed): number | undefined {
    let earliest: number | undefined;
    for (const { key, document } of this.#conversations.values()) {
      const dueAt = document?.dueAt;
      if (dueAt !== undefined && keys.has(key) && !(dueAt >= (earliest ?? Infinity))) earliest = dueAt;
    }
    return earliest;
  }
}

interface ReadRow extends Partial<MessageRow> {
  readonly stamp: number | null;
  readonly document: string | null;
  readonly taken: boolean;
  readonly version: number | null;
}

/** One row a job. `LIMIT 1` keeps each look-up a look-up, whatever the planner thinks of a table's size. */
const READ = `
  SELECT c.stamp, c.document, t.id IS NOT NULL AS taken, m.version, ${MESSAGE_COLUMNS}
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
    WITH ORDINALITY AS job (document_of, conversation, once, message, n)
  LEFT JOIN LATERAL (SELECT * FROM $schema.conversations AS c WHERE c.key = job.document_of LIMIT 1) AS c ON true
  LEFT JOIN LATERAL (
    SELECT t.id FROM $schema.taken_in AS t WHERE t.conversation = job.conversation AND t.id = job.once LIMIT 1
  ) AS t ON true
  LEFT JOIN LATERAL (SELECT * FROM $schema.messages AS m WHERE m.id = job.message LIMIT 1) AS m ON true
  ORDER BY n`;

const READ_MESSAGES = `SELECT m.version, ${MESSAGE_COLUMNS} FROM $schema.messages AS m WHERE m.id = ANY ($1::text[])`;

function writtenOf({ document, json, was }: Conversation): Written {
  return { document: document as ConversationDocument, json: json ?? '', was, stamp: randomInt(1, STAMPS) };
}

function oldestOf(rows: readonly { readonly at: number }[]): number {
  return rows.reduce((oldest, { at }) => Math.min(oldest, at), Number.POSITIVE_INFINITY);
}

function saidIn({ messages }: TurnCommit): readonly MessageId[] {
  return messages.map(({ id }) => id);
}
