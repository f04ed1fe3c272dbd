/** Queues of work by name: work of one name is done in the order in which it was asked for, different names side by side. */
export class Queues<Name> {
  readonly #last = new Map<Name, Promise<unknown>>();

  run<Result>(name: Name, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const after = before.then(work, work);
    this.#last.set(name, after);
    const forget = () => {
      if (this.#last.get(name) === after) this.#last.delete(name);
    };
    after.then(forget, forget);
    return after;
  }
}
