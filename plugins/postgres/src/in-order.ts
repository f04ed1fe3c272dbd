/** Stands for everything. */
const ALL = '*';

/**
 * Keeps work on the same names in the order in which it was asked for: two statements on two connections would overtake one
 * another.
 */
export class InOrder {
  /** The last work on each name that is under way. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** @param names what it works on; without any, on everything. */
  run<Result>(names: readonly string[] | undefined, work: () => Promise<Result>): Promise<Result> {
    const own = names?.map((name) => `name ${name}`) ?? [ALL];
    const others = names === undefined ? [...this.#last.keys()] : [...own, ALL];
    const before = others.flatMap((name) => this.#last.get(name) ?? []);
    const running = before.length === 0 ? work() : Promise.allSettled(before).then(work);
    for (const name of own) this.#last.set(name, running);
    const forget = () => {
      for (const name of own) if (this.#last.get(name) === running) this.#last.delete(name);
    };
    running.then(forget, forget);
    return running;
  }
}
