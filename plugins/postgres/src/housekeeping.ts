import { randomInt } from 'node:crypto';
import { type Clock, codeOf, type Log } from '@parley/core';
import { SLOTS } from './commit.ts';
import type { Database } from './database.ts';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

/** How often it is looked for what has run out, by the runtime's clock. */
const EVERY = 60 * SECOND;

/** How many rows one statement clears away. */
const BATCH = 1_000;

/** For how long the ids of turns are remembered: the seven days that were promised, and one for clocks and providers. */
export const REMEMBERED = 8 * DAY;

/** Oldest first, and past what another process is at. */
const SWEEPS = {
  taken_in: `DELETE FROM $schema.taken_in WHERE (conversation, id) IN (
    SELECT conversation, id FROM $schema.taken_in WHERE at <= $1 ORDER BY at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  claims: `DELETE FROM $schema.claims WHERE key IN (
    SELECT key FROM $schema.claims WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  plugin_data: `DELETE FROM $schema.plugin_data WHERE (namespace, key) IN (
    SELECT namespace, key FROM $schema.plugin_data WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${BATCH}
    FOR UPDATE SKIP LOCKED)`,
} as const;

/**
 * Adds the slots of days that are over up into one. `DELETE` waits for a commit that still counts there, and what comes later
 * makes a row of its own.
 */
const ADD_UP = `
  WITH apart AS (
    DELETE FROM $schema.totals WHERE day < $1::integer AND slot > 0
    RETURNING app, ours, day, direction, status, count
  )
  INSERT INTO $schema.totals (app, ours, day, direction, status, slot, count)
  SELECT app, ours, day, direction, status, 0, sum(count) FROM apart
  GROUP BY app, ours, day, direction, status ORDER BY app, ours, day, direction, status
  ON CONFLICT (app, ours, day, direction, status, slot) DO UPDATE SET count = totals.count + excluded.count`;

/** Clears away what has run out: a little every minute in which something is written, in every process. */
export class Housekeeping {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  #next: number;
  #nextSum: number;
  #underWay: Promise<void> | undefined;

  constructor(database: Database, { clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
    this.#next = clock.now() + EVERY;
    this.#nextSum = clock.now() + EVERY;
  }

  /** Something is being written: a moment to look whether it is time. */
  notice(): void {
    if (this.#underWay !== undefined || this.#clock.now() < this.#next) return;
    this.#underWay = this.run()
      .catch((error) => this.#log.warn({ code: codeOf(error) }, 'could not clear away what has run out'))
      .finally(() => {
        this.#underWay = undefined;
      });
  }

  async run(): Promise<void> {
    const now = Math.floor(this.#clock.now());
    this.#next = now + EVERY;
    const cleared = [
      await this.#sweep('taken_in', now - REMEMBERED),
      await this.#sweep('claims', now),
      await this.#sweep('plugin_data', now),
    ];
    // More of it waits than one statement takes: soon again.
    if (cleared.some((rows) => rows >= BATCH)) this.#next = now + SECOND;
    if (now < this.#nextSum) return;
    this.#nextSum = now + DAY;
    await this.#database.query(ADD_UP, [Math.floor(now / DAY) - 1]);
  }

  async settled(): Promise<void> {
    await this.#underWay;
  }

  async #sweep(table: keyof typeof SWEEPS, until: number): Promise<number> {
    const rows = await this.#database.query(`${SWEEPS[table]} RETURNING 1 AS one`, [until]);
    return rows.length;
  }
}

/** Two commits at the same time seldom count in the same rows. */
export function randomSlot(): number {
  return randomInt(SLOTS);
}
