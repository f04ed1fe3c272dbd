import type { ActivityRecord, ActivityStore } from '@parley/core';
import type { Database } from './database.ts';
import type { Redacted } from './redacted.ts';

type Query = Parameters<ActivityStore['list']>[0];

/** What happened besides messages, a row each. */
export class ActivityRows {
  readonly #database: Database;
  readonly #redacted: Redacted;
  readonly #insert;

  constructor(database: Database, redacted: Redacted) {
    this.#database = database;
    this.#redacted = redacted;
    this.#insert = database.prepare(
      'INSERT INTO activity (conversation, app, journey, at, record) VALUES (?, ?, ?, ?, ?)',
    );
  }

  /** @param conversation the row of the conversation that it happened in. */
  append(conversation: number, record: ActivityRecord): void {
    this.#insert.run(conversation, record.app, record.journey ?? null, record.at, JSON.stringify(record));
    this.#redacted.appended('activity', record.at);
  }

  list({ conversation, journey, limit }: Query): readonly ActivityRecord[] {
    const conditions = [
      ...(conversation === undefined ? [] : ['conversation = (SELECT id FROM conversations WHERE key = ?)']),
      ...(journey === undefined ? [] : ['journey = ?']),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const values = [conversation, journey].filter((value) => value !== undefined);
    return this.#database
      .prepare<(string | number)[], string>(`SELECT record FROM activity ${where} ORDER BY at DESC, seq DESC LIMIT ?`)
      .pluck()
      .all(...values, limit)
      .map((record) => JSON.parse(record) as ActivityRecord);
  }
}
