import type {
  Clock,
  ConversationDocument,
  ConversationKey,
  ConversationStore,
  Turn,
  TurnCommit,
  TurnOutcome,
} from '@parley/core';
import { isParked, partiesOf } from '@parley/core';
import type { ActivityRows } from './activity.ts';
import { backlogReader, listConversations } from './conversation-query.ts';
import type { Database } from './database.ts';
import type { GroupCommit } from './group-commit.ts';
import type { MessageRows } from './messages.ts';
import type { TakenIn } from './taken-in.ts';

interface Parts {
  readonly database: Database;
  readonly commits: GroupCommit;
  readonly clock: Clock;
  readonly messages: MessageRows;
  readonly activity: ActivityRows;
  readonly takenIn: TakenIn;
}

interface ConversationRow {
  readonly id: number;
  readonly app: string;
  readonly due_at: number | null;
  readonly parked: number | null;
  readonly handed_over: number | null;
  readonly document: string;
}

/** What the caller's own function came to; only SQLite's errors leave the group commit as exceptions. */
type Decided<Result> = TurnOutcome<Result> | { readonly kind: 'threw'; readonly error: unknown };

/** Conversations in their table: turns go through the group commit, reads go straight to the last commit. */
export function conversationStore(parts: Parts): ConversationStore {
  const { database, commits } = parts;
  const turns = new Turns(parts);
  const dueKeys = database.prepare<[number, number], { id: number; key: ConversationKey }>(
    `SELECT id, key FROM conversations INDEXED BY conversations_due
     WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at LIMIT ?`,
  );
  const lease = database.prepare<[number, number]>('UPDATE conversations SET due_at = ? WHERE id = ?');
  const earliest = database
    .prepare<[], number>('SELECT due_at FROM conversations WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1')
    .pluck();
  const backlog = backlogReader(database);
  return {
    async turn(key, decide, options) {
      const outcome = await commits.submit(() => turns.run(key, decide, options?.once));
      if (outcome.kind === 'threw') throw outcome.error;
      return outcome;
    },

    async get(key) {
      const row = turns.find(key);
      return row && parse(row);
    },

    async due(now, limit, leaseUntil) {
      // Most of the time nothing is due: no transaction for that, unless a turn that is under way may change it.
      if (commits.waiting === 0 && (earliest.get() ?? Number.POSITIVE_INFINITY) > now) return [];
      return commits.submit(() => {
        const rows = dueKeys.all(now, limit);
        for (const { id } of rows) lease.run(leaseUntil, id);
        return rows.map(({ key }) => key);
      });
    },

    async nextDueAt() {
      return earliest.get();
    },

    async backlog(now, limit) {
      return backlog(now, limit);
    },

    async list(query) {
      return listConversations(database, query);
    },
  };
}

/** Adds a conversation and answers its row. */
export function conversationInserter(
  database: Database,
): (key: ConversationKey, document: ConversationDocument, json: string) => number {
  const insert = database.prepare(
    `INSERT INTO conversations (key, app, theirs, due_at, parked, handed_over, document)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  return (key, document, json) => {
    const { app, dueAt = null } = document;
    const { theirs } = partiesOf(key);
    const { parked, handedOver } = flagsOf(document);
    return Number(insert.run(key, app, theirs, dueAt, parked, handedOver, json).lastInsertRowid);
  };
}

/** What has an index of its own: 1 or nothing, which takes no room. */
function flagsOf(document: ConversationDocument): { readonly parked: 1 | null; readonly handedOver: 1 | null } {
  return { parked: isParked(document) ? 1 : null, handedOver: document.handoff === undefined ? null : 1 };
}

/** One turn, inside the transaction of its batch. */
class Turns {
  readonly #parts: Parts;
  readonly #select;
  readonly #insert;
  readonly #updateDocument;
  readonly #updateDue;
  readonly #updateApp;
  readonly #updateFlags;

  constructor(parts: Parts) {
    const { database } = parts;
    this.#parts = parts;
    this.#select = database.prepare<[string], ConversationRow>(
      'SELECT id, app, due_at, parked, handed_over, document FROM conversations WHERE key = ?',
    );
    this.#insert = conversationInserter(database);
    // Four statements for one row, because SQLite rewrites every index whose columns an UPDATE names.
    this.#updateDocument = database.prepare('UPDATE conversations SET document = ? WHERE id = ?');
    this.#updateDue = database.prepare('UPDATE conversations SET document = ?, due_at = ? WHERE id = ?');
    this.#updateApp = database.prepare('UPDATE conversations SET app = ? WHERE id = ?');
    this.#updateFlags = database.prepare('UPDATE conversations SET parked = ?, handed_over = ? WHERE id = ?');
  }

  find(key: ConversationKey): ConversationRow | undefined {
    return this.#select.get(key);
  }

  run<Result>(
    key: ConversationKey,
    decide: (document: ConversationDocument | undefined) => Turn<Result>,
    once: string | undefined,
  ): Decided<Result> {
    const row = this.find(key);
    if (row !== undefined && once !== undefined && this.#parts.takenIn.has(row.id, once)) return { kind: 'duplicate' };
    let turn: Turn<Result>;
    let document: string | undefined;
    try {
      turn = decide(row && parse(row));
      document = turn.commit && JSON.stringify(turn.commit.document);
    } catch (error) {
      return { kind: 'threw', error };
    }
    if (turn.commit !== undefined && document !== undefined) {
      const conversation = this.#writeDocument(key, row, turn.commit.document, document);
      this.#writeLog(key, conversation, turn.commit);
      if (once !== undefined) this.#parts.takenIn.add(conversation, once, this.#parts.clock.now());
    }
    return { kind: 'done', result: turn.result };
  }

  #writeDocument(
    key: ConversationKey,
    row: ConversationRow | undefined,
    document: ConversationDocument,
    json: string,
  ): number {
    if (row === undefined) return this.#insert(key, document, json);
    const { app, dueAt = null } = document;
    const { parked, handedOver } = flagsOf(document);
    if (row.app !== app) this.#updateApp.run(app, row.id);
    if (row.parked !== parked || row.handed_over !== handedOver) this.#updateFlags.run(parked, handedOver, row.id);
    if (row.due_at === dueAt) this.#updateDocument.run(json, row.id);
    else this.#updateDue.run(json, dueAt, row.id);
    return row.id;
  }

  #writeLog(key: ConversationKey, conversation: number, commit: TurnCommit): void {
    const { messages, activity } = this.#parts;
    for (const message of commit.messages) messages.append(conversation, message);
    for (const { id, update } of commit.statuses) messages.moveIn(key, conversation, id, update);
    for (const record of commit.activity) activity.append(conversation, record);
  }
}

function parse(row: ConversationRow): ConversationDocument {
  return JSON.parse(row.document) as ConversationDocument;
}
