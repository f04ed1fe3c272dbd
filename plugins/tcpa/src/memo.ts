/** Remembers what was found out; the oldest is forgotten when there is too much. */
export class Memo<Key, Value> {
  readonly #limit: number;
  readonly #values = new Map<Key, Value>();

  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  /** What is known under a key; found out if nothing is. */
  get(key: Key, find: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = find();
    if (this.#values.size >= this.#limit) this.#values.delete(this.#values.keys().next().value as Key);
    this.#values.set(key, value);
    return value;
  }

  clear(): void {
    this.#values.clear();
  }
}
