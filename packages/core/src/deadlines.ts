import type { Clock } from './runtime.ts';

/** Something that has to end in time. */
export interface Deadline {
  /** It has ended; nothing happens any more. */
  end(): void;
}

/**
 * Time limits of one and the same length over one timer: thousands of sends a second would each set and clear one of their own.
 *
 * They pass in the order in which they began, so the timer waits for the first that has not ended.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #length: number;
  /** By insertion, so that the first is the next to pass. */
  readonly #running = new Set<Running>();
  #cancel: (() => void) | undefined;

  /** @param length how long each lasts, in milliseconds. */
  constructor(clock: Clock, length: number) {
    this.#clock = clock;
    this.#length = length;
  }

  /** Calls `passed` once, unless the deadline is ended before. */
  begin(passed: () => void): Deadline {
    const deadline = new Running(this.#clock.monotonic() + this.#length, passed, this);
    this.#running.add(deadline);
    if (this.#cancel === undefined) this.#wait(this.#length);
    return deadline;
  }

  /** For a {@link Running} of its own. */
  end(deadline: Running): void {
    // The timer stays until it rings, unless it is the last thing that keeps a process alive.
    if (!this.#running.delete(deadline) || this.#running.size > 0) return;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(delay: number): void {
    this.#cancel = this.#clock.setTimeout(() => this.#ring(), delay);
  }

  #ring(): void {
    const now = this.#clock.monotonic();
    try {
      // What begins meanwhile sets no timer of its own, as there still seems to be one.
      for (const deadline of this.#running) {
        if (deadline.at > now) break;
        this.#running.delete(deadline);
        deadline.passed();
      }
    } finally {
      this.#cancel?.();
      this.#cancel = undefined;
      const [next] = this.#running;
      // A timer that rings a fraction early is set once more, not in a circle.
      if (next !== undefined) this.#wait(Math.max(1, Math.ceil(next.at - now)));
    }
  }
}

class Running implements Deadline {
  readonly at: number;
  readonly passed: () => void;
  readonly #among: Deadlines;

  constructor(at: number, passed: () => void, among: Deadlines) {
    this.at = at;
    this.passed = passed;
    this.#among = among;
  }

  end(): void {
    this.#among.end(this);
  }
}
