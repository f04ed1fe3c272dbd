import type { Clock } from '@parley/core';

/** The time that is left for one question, however often it is asked. */
export class TimeLeft {
  /** Aborted when the time is up, or nobody wants the answer any more. */
  readonly signal: AbortSignal;
  readonly #clock: Clock;
  readonly #end: number;
  readonly #controller = new AbortController();
  readonly #cancel: () => void;

  constructor(clock: Clock, length: number, wanted: AbortSignal) {
    this.#clock = clock;
    this.#end = clock.monotonic() + length;
    this.#cancel = clock.setTimeout(() => this.#controller.abort(), length);
    this.signal = AbortSignal.any([wanted, this.#controller.signal]);
  }

  get isUp(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Whether a wait and anything after it fits in. */
  fits(wait: number): boolean {
    return this.#clock.monotonic() + wait < this.#end;
  }

  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  async sleep(length: number): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.setTimeout(resolve, length);
      const stop = () => {
        cancel();
        resolve();
      };
      this.signal.addEventListener('abort', stop, { once: true });
    });
  }

  end(): void {
    this.#cancel();
  }
}
