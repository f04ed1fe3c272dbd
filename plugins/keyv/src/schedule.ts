interface Entry {
  readonly name: string;
  readonly at: number;
}

/**
 * Names with a moment each, earliest first: what is due, what runs out. A binary heap in which an entry that was moved
 * or removed stays until it comes up, and is then thrown away.
 */
export class Schedule {
  readonly #moments = new Map<string, number>();
  #heap: Entry[] = [];

  set(name: string, at: number | undefined): void {
    if (at === this.#moments.get(name)) return;
    if (at === undefined) {
      this.#moments.delete(name);
      return;
    }
    this.#moments.set(name, at);
    if (this.#heap.length > 2 * this.#moments.size + 64) this.#rebuild();
    else this.#push({ name, at });
  }

  /** All names, in no order. */
  names(): readonly string[] {
    return [...this.#moments.keys()];
  }

  /** The earliest moment of all. */
  next(): number | undefined {
    return this.#earliest()?.at;
  }

  /** Takes out up to `limit` names whose moment is `now` or before, earliest first. */
  take(now: number, limit: number): readonly string[] {
    const taken: string[] = [];
    for (let entry = this.#earliest(); entry !== undefined && taken.length < limit; entry = this.#earliest()) {
      if (entry.at > now) break;
      this.#pop();
      this.#moments.delete(entry.name);
      taken.push(entry.name);
    }
    return taken;
  }

  /** How many names have a moment of `now` or before, counted up to `limit`, and the earliest of those moments beyond 0. */
  waiting(now: number, limit: number): { readonly due: number; readonly since?: number } {
    const due = new Set<string>();
    let since = Number.POSITIVE_INFINITY;
    const unseen = [0];
    // Entries below one that comes later come later too.
    for (let index = unseen.pop(); index !== undefined; index = unseen.pop()) {
      const entry = this.#heap[index];
      if (entry === undefined || entry.at > now) continue;
      unseen.push(2 * index + 1, 2 * index + 2);
      if (this.#moments.get(entry.name) !== entry.at) continue;
      due.add(entry.name);
      if (entry.at > 0) since = Math.min(since, entry.at);
    }
    return { due: Math.min(due.size, limit), ...(Number.isFinite(since) ? { since } : {}) };
  }

  #earliest(): Entry | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined || this.#moments.get(top.name) === top.at) return top;
      this.#pop();
    }
  }

  /** Leaves what is out of date behind, so that moving one name for ever does not fill the memory. */
  #rebuild(): void {
    this.#heap = [...this.#moments].map(([name, at]) => ({ name, at })).sort((one, other) => one.at - other.at);
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.at <= entry.at) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const below = earlier(heap, left, left + 1);
      const child = heap[below];
      if (child === undefined || child.at >= last.at) break;
      heap[index] = child;
      index = below;
    }
    heap[index] = last;
  }
}

function earlier(heap: readonly Entry[], left: number, right: number): number {
  const [one, other] = [heap[left], heap[right]];
  return one !== undefined && other !== undefined && other.at < one.at ? right : left;
}
