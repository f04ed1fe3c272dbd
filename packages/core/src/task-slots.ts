/** Lets only so many tasks run at the same time: in all, and of one name. Those that wait come in their order. */
export class TaskSlots {
  readonly #atOnce: number;
  readonly #taken = new Map<string, number>();
  #waiting: Waiting[] = [];
  #inUse = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Resolves when there is room, to what gives the room back. */
  async take(name: string, atOnce: number = Number.POSITIVE_INFINITY): Promise<() => void> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ name, atOnce, enter });
      this.#admit();
    });
    return () => {
      this.#inUse -= 1;
      this.#count(name, -1);
      this.#admit();
    };
  }

  #admit(): void {
    // One that waits for others of its name does not hold up those behind it.
    this.#waiting = this.#waiting.filter(({ name, atOnce, enter }) => {
      if (this.#inUse >= this.#atOnce || (this.#taken.get(name) ?? 0) >= atOnce) return true;
      this.#inUse += 1;
      this.#count(name, 1);
      enter();
      return false;
    });
  }

  #count(name: string, by: number): void {
    const count = (this.#taken.get(name) ?? 0) + by;
    if (count === 0) this.#taken.delete(name);
    else this.#taken.set(name, count);
  }
}

interface Waiting {
  readonly name: string;
  readonly atOnce: number;
  readonly enter: () => void;
}
