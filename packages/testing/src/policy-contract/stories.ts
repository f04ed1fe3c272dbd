import fc from 'fast-check';
import type { PolicyExample, PolicyStep } from './setting.ts';

/** How many are told for each rule. Each run tells others. */
export const STORIES = 4;

/** Enough for whatever counts or remembers, and quick enough to be told often. */
const MOST_STEPS = 8;

/** Steps of the examples in any order and as often as it comes, with waits of chance between them. */
export function stories(
  examples: readonly PolicyExample[],
): fc.Arbitrary<{ readonly start: string | undefined; readonly steps: readonly PolicyStep[] }> {
  const known = examples.flatMap(({ steps, release = [] }) => [...steps, ...release]);
  // Eleven minutes: their multiples meet no round number of minutes, hours or days, which limits are made of.
  const wait = fc.constantFrom(1, 5, 130).map((times): PolicyStep => ({ wait: { minutes: 11 * times } }));
  const step = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: wait });
  return fc.record({
    start: fc.constantFrom(...new Set(examples.map(({ start }) => start))),
    steps: fc.array(step, { minLength: 2, maxLength: MOST_STEPS }),
  });
}
