import type { MessageRecord, MessageStatus, MessageTotal } from '@parley/core';
import type { Database } from './database.ts';
import type { BatchSummary } from './group-commit.ts';

const DAY = 24 * 60 * 60 * 1_000;

type Group = readonly [app: string, ours: string, day: number, direction: string, status: string];

/**
 * Counts messages by app, number, day, direction and status as they come and move, so that nobody ever has to count
 * rows. The changes of a batch are added up and written once, in its transaction.
 */
export class Totals implements BatchSummary {
  readonly #database: Database;
  readonly #add;
  readonly #changes: { readonly group: Group; readonly by: number }[] = [];

  constructor(database: Database) {
    this.#database = database;
    this.#add = database.prepare<[...Group, number]>(
      `INSERT INTO totals (app, ours, day, direction, status, count) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    );
  }

  appended(message: MessageRecord): void {
    this.#changes.push({ group: groupOf(message), by: 1 });
  }

  moved(before: MessageRecord, after: MessageRecord): void {
    if (before.status === after.status) return;
    this.#changes.push({ group: groupOf(before), by: -1 }, { group: groupOf(after), by: 1 });
  }

  mark(): number {
    return this.#changes.length;
  }

  rewind(mark: number): void {
    this.#changes.length = mark;
  }

  flush(): void {
    if (this.#changes.length === 0) return;
    const sums = new Map<string, { readonly group: Group; by: number }>();
    for (const { group, by } of this.#changes) {
      const name = group.join('\n');
      const sum = sums.get(name);
      if (sum === undefined) sums.set(name, { group, by });
      else sum.by += by;
    }
    for (const { group, by } of sums.values()) if (by !== 0) this.#add.run(...group, by);
    this.rewind(0);
  }

  /** Sums over numbers and days. */
  read(app: string | undefined): readonly MessageTotal[] {
    const where = app === undefined ? '' : 'WHERE app = ?';
    return this.#database
      .prepare<string[], { app: string; direction: 'inbound' | 'outbound'; status: MessageStatus; count: number }>(
        `SELECT app, direction, status, sum(count) AS count FROM totals ${where}
         GROUP BY app, direction, status HAVING sum(count) > 0 ORDER BY app, direction, status`,
      )
      .all(...(app === undefined ? [] : [app]));
  }

  /** The apps that have any messages. */
  apps(): readonly string[] {
    // A seek for each app, where DISTINCT would read every day and number of it.
    return this.#database
      .prepare<[], string>(
        `WITH RECURSIVE apps (app) AS (
           SELECT min(app) FROM totals
           UNION ALL SELECT (SELECT min(totals.app) FROM totals WHERE totals.app > apps.app) FROM apps WHERE app IS NOT NULL
         ) SELECT app FROM apps WHERE app IS NOT NULL`,
      )
      .pluck()
      .all();
  }
}

function groupOf({ app, ours, at, direction, status }: MessageRecord): Group {
  return [app, ours, Math.floor(at / DAY), direction, status];
}
