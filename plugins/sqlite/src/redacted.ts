import type { PruneRequest } from '@parley/core';

/** A place in the order of rows: by time, and of one moment by when they were stored. */
export interface Place {
  readonly at: number;
  readonly seq: number;
}

type What = PruneRequest['what'];

/**
 * How far rows have been redacted, so that those which are need not be looked through again with every batch. Kept in
 * memory: after a start the first batch looks through all of them once.
 */
export class Redacted {
  readonly #places = new Map<string, Place>();
  readonly #newest: Record<What, number> = { messages: Number.NEGATIVE_INFINITY, activity: Number.NEGATIVE_INFINITY };

  /** Changes when places are forgotten: what was looked through before says nothing any more. */
  #generation = 0;

  get generation(): number {
    return this.#generation;
  }

  /** Where there may be something to do, at the earliest. */
  from(what: What, strand: string): Place | undefined {
    return this.#places.get(`${what} ${strand}`);
  }

  /** Up to and including `place` there was nothing to do, by a look that began in this generation. */
  reached(what: What, strand: string, place: Place, generation: number): void {
    if (generation !== this.#generation) return;
    this.#places.set(`${what} ${strand}`, place);
    this.#newest[what] = Math.max(this.#newest[what], place.at);
  }

  /** A row was stored. One that is older than what was redacted, by an import or a clock that was wrong, begins anew. */
  appended(what: What, at: number): void {
    if (at > this.#newest[what]) return;
    for (const name of this.#places.keys()) if (name.startsWith(what)) this.#places.delete(name);
    this.#newest[what] = Number.NEGATIVE_INFINITY;
    this.#generation++;
  }
}
