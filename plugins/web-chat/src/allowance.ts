import type { Clock } from '@parley/core';

/** How much somebody may do: so much at once, and so much a minute after that. */
export interface Pace {
  readonly burst: number;
  readonly perMinute: number;
}

/** Counts what each of many does, and forgets those that have their whole allowance again. */
export class Allowances {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #pace: Pace;
  readonly #spent = new Map<string, { amount: number; at: number }>();
  #sweepAt = 1_000;

  constructor(clock: Pick<Clock, 'monotonic'>, pace: Pace) {
    this.#clock = clock;
    this.#pace = pace;
  }

  /** Takes one for `who`: `undefined` when there was one, else how long it takes until there is, in milliseconds. */
  take(who: string): number | undefined {
    const amount = this.#left(who);
    if (amount + 1 > this.#pace.burst) return Math.ceil((amount + 1 - this.#pace.burst) / this.#perMillisecond);
    this.#spent.set(who, { amount: amount + 1, at: this.#clock.monotonic() });
    if (this.#spent.size > this.#sweepAt) this.#sweep();
    return undefined;
  }

  get #perMillisecond(): number {
    return this.#pace.perMinute / 60_000;
  }

  /** How much of it is still spent. */
  #left(who: string): number {
    const spent = this.#spent.get(who);
    if (spent === undefined) return 0;
    return Math.max(0, spent.amount - (this.#clock.monotonic() - spent.at) * this.#perMillisecond);
  }

  #sweep(): void {
    for (const who of this.#spent.keys()) if (this.#left(who) === 0) this.#spent.delete(who);
    this.#sweepAt = Math.max(1_000, 2 * this.#spent.size);
  }
}
