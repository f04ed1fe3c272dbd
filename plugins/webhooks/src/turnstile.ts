/** Lets in so many at once; the others wait in line. */
export interface Turnstile {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createTurnstile(most: number): Turnstile {
  const line: (() => void)[] = [];
  let inside = 0;
  return {
    async run(work) {
      if (inside < most) inside += 1;
      // Whoever leaves hands over their place.
      else await new Promise<void>((resolve) => line.push(resolve));
      try {
        return await work();
      } finally {
        const next = line.shift();
        if (next === undefined) inside -= 1;
        else next();
      }
    },
  };
}
