import type {
  Clock,
  ConversationDocument,
  ConversationKey,
  ConversationStore,
  Turn,
  TurnCommit,
  TurnOutcome,
} from '@parley/core';
import { partiesOf } from '@parley/core';
import type { ActivityRows } from './activity.ts';
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
  const listAll = database
    .prepare<[string, number], string>('SELECT document FROM conversations WHERE key > ? ORDER BY key LIMIT ?')
    .pluck();
  const listApp = database
    .prepare<[string, string, number], string>(
      'SELECT document FROM conversations WHERE app = ? AND key > ? ORDER BY key LIMIT ?',
    )
    .pluck();

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

    async list({ app, after, limit }) {
      const documents = app === undefined ? listAll.all(after ?? '', limit) : listApp.all(app, after ?? '', limit);
      return documents.map((document) => JSON.parse(document) as ConversationDocument);
    },
  };
}

/** One turn, inside the transaction of its batch. */
class Turns {
  readonly #parts: Parts;
  readonly #select;
  readonly #insert;
  readonly #updateDocument;
  readonly #updateDue;
  readonly #updateApp;

  constructor(parts: Parts) {
    const { database } = parts;
    this.#parts = parts;
    this.#select = database.prepare<[string], ConversationRow>(
      'SELECT id, app, due_at, document FROM conversations WHERE key = ?',
    );
    this.#insert = database.prepare(
      'INSERT INTO conversations (key, app, theirs, due_at, document) VALUES (?, ?, ?, ?, ?)',
    );
    // Three statements for one row, because SQLite rewrites every index whose columns an UPDATE names.
    this.#updateDocument = database.prepare('UPDATE conversations SET document = ? WHERE id = ?');
    this.#updateDue = database.prepare('UPDATE conversations SET document = ?, due_at = ? WHERE id = ?');
    this.#updateApp = database.prepare('UPDATE conversations SET app = ? WHERE id = ?');
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
    { app, dueAt = null }: { readonly app: string; readonly dueAt?: number | null },
    document: string,
  ): number {
    if (row === undefined) {
      return Number(this.#insert.run(key, app, partiesOf(key).theirs, dueAt, document).lastInsertRowid);
    }
    if (row.app !== app) this.#updateApp.run(app, row.id);
    if (row.due_at === dueAt) this.#updateDocument.run(document, row.id);
    else this.#updateDue.run(document, dueAt, row.id);
    return row.id;
  }

  #writeLog(key: ConversationKey, conversation: number, commit: TurnCommit): void {
    const { messages, activity } = this.#parts;
    for (const message of commit.messages) messages.append(conversation, message);
    for (const { id, update } of commit.statuses) messages.move(id, update, key);
    for (const record of commit.activity) activity.append(conversation, record);
  }
}

function parse(row: ConversationRow): ConversationDocument {
  return JSON.parse(row.document) as ConversationDocument;
}
