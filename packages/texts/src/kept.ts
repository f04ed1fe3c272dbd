/** What was made once, by key: at most so many, the oldest goes first. */
export class Kept<Thing> {
  readonly #things = new Map<string, Thing>();
  readonly #atMost: number;

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  get(key: string, make: () => Thing): Thing {
    const known = this.#things.get(key);
    if (known !== undefined) return known;
    const made = make();
    const [oldest] = this.#things.keys();
    if (this.#things.size >= this.#atMost && oldest !== undefined) this.#things.delete(oldest);
    this.#things.set(key, made);
    return made;
  }
}
