import type { Database } from './database.ts';

const DAY = 24 * 60 * 60 * 1_000;

/** One day more than the contract asks for. */
export const REMEMBERED = 8 * DAY;

/** How many old ids one transaction forgets at most, so that none becomes slow by it. */
const SWEEP = 256;

/** How long it rests when there was nothing left to forget, in milliseconds. */
const REST = 60_000;

/** The ids under which conversations have taken turns in. */
export class TakenIn {
  readonly #has;
  readonly #add;
  readonly #forget;
  #nextSweep = 0;

  constructor(database: Database) {
    this.#has = database.prepare('SELECT 1 FROM taken_in WHERE conversation = ? AND id = ?').pluck();
    this.#add = database.prepare('INSERT INTO taken_in (conversation, id, at) VALUES (?, ?, ?)');
    this.#forget = database.prepare(
      `DELETE FROM taken_in WHERE seq < (SELECT min(seq) FROM taken_in) + ${SWEEP} AND at < ?`,
    );
  }

  has(conversation: number, id: string): boolean {
    return this.#has.get(conversation, id) !== undefined;
  }

  /** Adds an id as it was taken in elsewhere. */
  insert(conversation: number, id: string, at: number): void {
    this.#add.run(conversation, id, at);
  }

  add(conversation: number, id: string, now: number): void {
    this.insert(conversation, id, now);
    if (now >= this.#nextSweep) this.#sweep(now);
  }

  #sweep(now: number): void {
    const { changes } = this.#forget.run(now - REMEMBERED);
    if (changes === 0) this.#nextSweep = now + REST;
  }
}
