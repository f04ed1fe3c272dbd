import type { Clock } from '@parley/core';

/** How much somebody may do: so much at once, and so much a minute after that. */
export interface Pace {
  readonly burst: number;
  readonly perMinute: number;
}

const MINUTE = 60_000;

/** With fewer than this many, nobody is forgotten. */
const FEW = 1_000;

/** Counts what each of many does, and forgets those that have their whole allowance again. */
export class Allowances {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** How long one takes to be free again, and all of them, in milliseconds. */
  readonly #interval: number;
  readonly #whole: number;
  /** When the whole allowance of each is free again. */
  readonly #freeAt = new Map<string, number>();
  #sweepAbove = FEW;

  constructor(clock: Pick<Clock, 'monotonic'>, { burst, perMinute }: Pace) {
    this.#clock = clock;
    this.#interval = MINUTE / perMinute;
    this.#whole = burst * this.#interval;
  }

  /** Takes one for `who`: `undefined` when there was one, else how long it takes until there is, in milliseconds. */
  take(who: string): number | undefined {
    const now = this.#clock.monotonic();
    const freeAt = Math.max(now, this.#freeAt.get(who) ?? now) + this.#interval;
    if (freeAt - now > this.#whole) return Math.ceil(freeAt - now - this.#whole);
    this.#freeAt.set(who, freeAt);
    if (this.#freeAt.size > this.#sweepAbove) this.#sweep(now);
    return undefined;
  }

  #sweep(now: number): void {
    for (const [who, freeAt] of this.#freeAt) if (freeAt <= now) this.#freeAt.delete(who);
    this.#sweepAbove = Math.max(FEW, 2 * this.#freeAt.size);
  }
}
