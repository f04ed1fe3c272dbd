import type { Database } from './database.ts';

/** How many claims that ran out one new claim clears away. */
const SWEEP = 16;

/** Who has taken what, and until when. Runs inside a transaction that somebody else has begun. */
export class Claims {
  readonly #take;
  readonly #owner;
  readonly #release;
  readonly #sweep;

  constructor(database: Database) {
    this.#take = database.prepare(
      `INSERT INTO claims (key, owner, expires_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
       WHERE expires_at <= ?`,
    );
    this.#owner = database.prepare<[string], string>('SELECT owner FROM claims WHERE key = ?').pluck();
    this.#release = database.prepare('DELETE FROM claims WHERE key = ? AND owner = ?');
    this.#sweep = database.prepare(
      `DELETE FROM claims WHERE key IN (SELECT key FROM claims WHERE expires_at <= ? ORDER BY expires_at LIMIT ${SWEEP})`,
    );
  }

  claim(key: string, owner: string, ttl: number, now: number): string {
    if (this.#take.run(key, owner, now + ttl, now).changes > 0) {
      this.#sweep.run(now);
      return owner;
    }
    return this.#owner.get(key) ?? owner;
  }

  release(key: string, owner: string): void {
    this.#release.run(key, owner);
  }
}
