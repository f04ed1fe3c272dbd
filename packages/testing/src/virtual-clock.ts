import type { Clock } from '@parley/core';

export interface VirtualClockOptions {
  /** Where time begins, in milliseconds since the epoch; default 2026-01-05 17:00 UTC, a Monday noon in New York. */
  readonly start?: number;
  /**
   * Waits until everything that could happen at this moment has happened; called before and after each timer.
   * Default: {@link flush}.
   */
  readonly settle?: () => Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A clock that stands still until it is told to go on. Between two timers it lets promises and IO callbacks run, so
 * that what one timer sets off has happened before the next one is due.
 *
 * @example
 * ```ts
 * const clock = new VirtualClock();
 * clock.setTimeout(() => remind(), 60_000);
 * await clock.advance(60_000);
 * ```
 */
export class VirtualClock implements Clock {
  readonly #start: number;
  readonly #settle: () => Promise<void>;
  readonly #timers = new Set<Timer>();
  #now: number;
  #order = 0;

  constructor({ start = Date.UTC(2026, 0, 5, 17), settle = flush }: VirtualClockOptions = {}) {
    this.#start = start;
    this.#now = start;
    this.#settle = settle;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#start;
  }

  /** A delay below zero counts as zero: it is due with the next `advance`, even by 0. */
  setTimeout(callback: () => void, delay: number): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, delay), order: this.#order++, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** When the next timer is due; `undefined` if there is none. */
  get nextTimerAt(): number | undefined {
    return this.#earliest()?.at;
  }

  /** Goes on by so many milliseconds, through every timer on the way, those that are set meanwhile included. */
  advance(milliseconds: number): Promise<void> {
    return this.advanceTo(this.#now + milliseconds);
  }

  /** Goes on to a moment; one that has passed only runs what is due now. */
  async advanceTo(moment: number): Promise<void> {
    await this.#settle();
    for (let timer = this.#earliest(); timer !== undefined && timer.at <= moment; timer = this.#earliest()) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.callback();
      await this.#settle();
    }
    this.#now = Math.max(this.#now, moment);
    await this.#settle();
  }

  #earliest(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (
        earliest === undefined ||
        timer.at < earliest.at ||
        (timer.at === earliest.at && timer.order < earliest.order)
      ) {
        earliest = timer;
      }
    }
    return earliest;
  }
}

/** How often {@link flush} lets the event loop go round: enough for a few commits in a row. */
const ROUNDS = 10;

/** Lets promises, immediates and finished IO run. */
export async function flush(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) await new Promise((resolve) => setImmediate(resolve));
}
