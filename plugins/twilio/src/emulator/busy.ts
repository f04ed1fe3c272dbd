/** Counts what is under way, so that a test can wait for all of it without sleeping. */
export interface Busy {
  /** Counts the work in until it has settled. */
  track<Answer>(work: Promise<Answer>): Promise<Answer>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

export function createBusy(): Busy {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    async track(work) {
      count++;
      try {
        return await work;
      } finally {
        count--;
        if (count === 0) {
          const released = waiting;
          waiting = [];
          for (const release of released) release();
        }
      }
    },
    idle: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
