import {
  type ConversationKey,
  type MessageId,
  type MessageRecord,
  type MessageStatus,
  mergeStatus,
  type StatusUpdate,
} from '@parley/core';
import type { Database } from './database.ts';
import type { Redacted } from './redacted.ts';
import type { Totals } from './totals.ts';

/** A message as the table has it, joined with its conversation's key. */
export interface MessageRow {
  readonly seq: number;
  readonly id: MessageId;
  readonly conversation: ConversationKey;
  readonly app: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: MessageStatus;
  readonly at: number;
  readonly provider_id: string | null;
  readonly text: string;
  readonly body: string;
}

/** What the queries select, from `messages AS m` and `conversations AS c`. */
export const MESSAGE_COLUMNS =
  'm.seq, m.id, c.key AS conversation, m.app, m.direction, m.status, m.at, m.provider_id, m.text, m.body';

export interface MessageMove {
  readonly before: MessageRecord;
  readonly after: MessageRecord;
}

/** Reads and writes single messages. Writing happens inside a transaction that somebody else has begun. */
export class MessageRows {
  readonly #totals: Totals;
  readonly #redacted: Redacted;
  readonly #byId;
  readonly #ofConversation;
  readonly #byProviderId;
  readonly #insert;
  readonly #update;
  readonly #updateWithProviderId;

  constructor(database: Database, totals: Totals, redacted: Redacted) {
    const from = `SELECT ${MESSAGE_COLUMNS} FROM messages AS m JOIN conversations AS c ON c.id = m.conversation`;
    this.#totals = totals;
    this.#redacted = redacted;
    this.#byId = database.prepare<[string], MessageRow>(`${from} WHERE m.id = ?`);
    // Without the join, for turns: they know the conversation.
    this.#ofConversation = database.prepare<[string, number], Omit<MessageRow, 'conversation'>>(
      'SELECT seq, id, app, direction, status, at, provider_id, text, body FROM messages WHERE id = ? AND conversation = ?',
    );
    this.#byProviderId = database.prepare<[string], MessageRow>(
      `${from} WHERE m.provider_id = ? ORDER BY m.seq DESC LIMIT 1`,
    );
    this.#insert = database.prepare(
      `INSERT INTO messages (id, conversation, app, direction, status, at, provider_id, text, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = database.prepare('UPDATE messages SET status = ?, body = ? WHERE seq = ?');
    // Apart, because SQLite rewrites the entry of every index whose columns an UPDATE names.
    this.#updateWithProviderId = database.prepare(
      'UPDATE messages SET status = ?, body = ?, provider_id = ? WHERE seq = ?',
    );
  }

  get(id: MessageId): MessageRecord | undefined {
    const row = this.#byId.get(id);
    return row && recordOf(row);
  }

  getByProviderId(providerId: string): MessageRecord | undefined {
    const row = this.#byProviderId.get(providerId);
    return row && recordOf(row);
  }

  /** @param conversation the row of the conversation that the message belongs to. */
  append(conversation: number, message: MessageRecord): void {
    this.insert(conversation, message);
    this.#totals.appended(message);
  }

  /** Adds a message that is counted already. */
  insert(conversation: number, message: MessageRecord): void {
    const { id, app, direction, status, at, providerId, text } = message;
    this.#insert.run(id, conversation, app, direction, status, at, providerId ?? null, text, bodyOf(message));
    this.#redacted.appended('messages', at);
  }

  /** Applies a status. */
  move(id: MessageId, update: StatusUpdate): MessageMove | undefined {
    const row = this.#byId.get(id);
    return row && this.#moveRow(row, update);
  }

  /**
   * Applies a status to a message of one conversation; one of another is none.
   *
   * @param conversation its row.
   */
  moveIn(key: ConversationKey, conversation: number, id: MessageId, update: StatusUpdate): void {
    const row = this.#ofConversation.get(id, conversation);
    if (row !== undefined) this.#moveRow({ ...row, conversation: key }, update);
  }

  #moveRow(row: MessageRow, update: StatusUpdate): MessageMove {
    const before = recordOf(row);
    const after = mergeStatus(before, update);
    if (after === before) return { before, after };
    if (after.providerId === before.providerId) this.#update.run(after.status, bodyOf(after), row.seq);
    else this.#updateWithProviderId.run(after.status, bodyOf(after), after.providerId ?? null, row.seq);
    this.#totals.moved(before, after);
    return { before, after };
  }
}

type Body = Omit<MessageRecord, 'id' | 'conversation' | 'app' | 'direction' | 'status' | 'at' | 'text' | 'providerId'>;

export function recordOf(row: MessageRow): MessageRecord {
  const { id, conversation, app, direction, status, at, text } = row;
  const body = JSON.parse(row.body) as Body;
  const providerId = row.provider_id === null ? {} : { providerId: row.provider_id };
  return { id, conversation, app, direction, status, at, text, ...providerId, ...body };
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** What has no column of its own, so that nothing is stored twice. */
export function bodyOf(message: MessageRecord): string {
  const { ours, theirs, media, origin, category, providerStatus, error, history, sentText, text } = message;
  // Named one by one: twice as fast as leaving the others out, and the type says when one is missing.
  const body = { ours, theirs, media, origin, category, providerStatus, error, history, sentText } satisfies {
    [Field in keyof Required<Body>]: Body[Field] | undefined;
  };
  // UTF-8 has no lone surrogates and SQLite would store U+FFFD in their place; JSON escapes them.
  return JSON.stringify(LONE_SURROGATE.test(text) ? { ...body, text } : body);
}
