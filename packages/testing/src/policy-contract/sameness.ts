import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyExample, PolicyUnderTest } from './setting.ts';
import { stories } from './stories.ts';
import { begin, type Variation } from './story.ts';

/** What happens in any deployment, and must not change what becomes of a message. */
const VARIATIONS: Readonly<Record<string, Variation>> = {
  'when it is asked three times about the same message': { asks: 3 },
  'when a send has to be tried three times': { failures: 2 },
  'when the provider tells of each text twice': { echoes: true },
  'when the process dies after every step': { deaths: true },
  'when another policy stops an equal message ahead of each': { crossed: true },
  'when somebody is erased whose number begins in the same way': { erasures: true },
};

export function samenessContract(underTest: PolicyUnderTest): void {
  describe.each(Object.entries(VARIATIONS))('%s', (_, variation) => {
    it('does what the examples say', async () => {
      for (const { start, steps } of underTest.examples) await expectSame(underTest, { start, steps }, variation);
    });

    it('does the same, whatever happens', async () => {
      await fc.assert(
        fc.asyncProperty(stories(underTest.examples), (story) => expectSame(underTest, story, variation)),
        { numRuns: underTest.stories ?? 5 },
      );
    });
  });
}

async function expectSame(
  underTest: PolicyUnderTest,
  { start, steps }: Pick<PolicyExample, 'steps'> & { readonly start: string | undefined },
  variation: Variation,
): Promise<void> {
  const plain = await begin(underTest, {}, start);
  const varied = await begin(underTest, variation, start);
  for (const story of [plain, varied]) await story.go(steps);
  expect(varied.fates).toEqual(plain.fates);
  expect(varied.received).toEqual(plain.received);
  for (const { watched } of [plain, varied]) expect(watched.faults).toEqual([]);
  for (const story of [plain, varied]) await story.end();
}
