/** Runs work on one name at a time, in the order in which it was asked for; different names run side by side. */
export class Locks {
  readonly #tails = new Map<string, Promise<unknown>>();

  run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(name) ?? Promise.resolve();
    const running = before.then(work, work);
    this.#tails.set(name, running);
    const forget = () => {
      if (this.#tails.get(name) === running) this.#tails.delete(name);
    };
    running.then(forget, forget);
    return running;
  }

  /** Resolves when nothing is running and nothing waits. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.allSettled(this.#tails.values());
  }
}
