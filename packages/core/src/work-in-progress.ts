import { codeOf } from './errors.ts';
import type { Clock, Log } from './runtime.ts';

/** Everything that goes on in the background, so that somebody can wait until it has ended. */
export class WorkInProgress {
  readonly #log: Log;
  readonly #work = new Set<Promise<unknown>>();

  constructor(log: Log) {
    this.#log = log;
  }

  add(work: Promise<unknown>): void {
    const logged = work.catch((error: unknown) =>
      this.#log.error({ code: codeOf(error) }, 'work in the background failed'),
    );
    this.#work.add(logged);
    logged.finally(() => this.#work.delete(logged));
  }

  /** Resolves when nothing goes on any more, or when the limit is reached. */
  async settled(limit?: { readonly atMost: number; readonly clock: Clock }): Promise<void> {
    let over = false;
    let cancel = (): void => {};
    const timeout = new Promise<void>((resolve) => {
      if (limit === undefined) return;
      cancel = limit.clock.setTimeout(() => {
        over = true;
        resolve();
      }, limit.atMost);
    });
    while (this.#work.size > 0 && !over) await Promise.race([Promise.allSettled([...this.#work]), timeout]);
    cancel();
  }
}
