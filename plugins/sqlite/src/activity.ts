import type { ActivityRecord } from '@parley/core';
import type { Database } from './database.ts';
import type { Redacted } from './redacted.ts';

/** Writes what happened besides messages, a row each. */
export class ActivityRows {
  readonly #redacted: Redacted;
  readonly #insert;

  constructor(database: Database, redacted: Redacted) {
    this.#redacted = redacted;
    this.#insert = database.prepare(
      'INSERT INTO activity (conversation, app, kind, journey, at, record) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  /** @param conversation the row of the conversation that it happened in. */
  append(conversation: number, record: ActivityRecord): void {
    const { app, kind, journey = null, at } = record;
    this.#insert.run(conversation, app, kind, journey, at, JSON.stringify(record));
    this.#redacted.appended('activity', at);
  }
}
