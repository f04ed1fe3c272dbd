import type { MessageQuery, MessageRecord, MessageTotal, TotalsQuery } from '@parley/core';
import type { Database } from './database.ts';
import type { BatchSummary } from './group-commit.ts';

export const DAY = 24 * 60 * 60 * 1_000;

/** What a query can ask to have apart, in the order of the table's key. */
const BY = ['ours', 'day'] as const;

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

  /** Sums over all that the query does not ask to have apart. */
  read({ app, ours, since, until, by = [] }: TotalsQuery = {}): readonly MessageTotal[] {
    const conditions = [
      ...condition('app = ?', app),
      ...condition('ours = ?', ours),
      ...condition('day >= ?', since === undefined ? undefined : dayOf(since)),
      ...condition('day < ?', until === undefined ? undefined : dayOf(until)),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
    const columns = ['app', ...BY.filter((column) => by.includes(column)), 'direction', 'status'].join(', ');
    return this.#database
      .prepare<(string | number)[], MessageTotal>(
        `SELECT ${columns}, sum(count) AS count FROM totals ${where}
         GROUP BY ${columns} HAVING sum(count) > 0 ORDER BY ${columns}`,
      )
      .all(...conditions.map(({ value }) => value))
      .map((total) => (total.day === undefined ? total : { ...total, day: total.day * DAY }));
  }

  /** Adds a figure that somebody else has counted. */
  insert({ app, ours, day, direction, status, count }: Required<MessageTotal>): void {
    this.#add.run(app, ours, dayOf(day), direction, status, count);
  }

  /** The apps that have or had messages of this direction and status. */
  appsWith({ app, direction, status }: Pick<MessageQuery, 'app' | 'direction' | 'status'>): readonly string[] {
    const found = this.read(app === undefined ? {} : { app }).filter(
      (total) => total.direction === (direction ?? total.direction) && total.status === (status ?? total.status),
    );
    return [...new Set(found.map((total) => total.app))];
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
  return [app, ours, dayOf(at), direction, status];
}

/** Days since the epoch, UTC. */
function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

function condition(sql: string, value: string | number | undefined) {
  return value === undefined ? [] : [{ sql, value }];
}
