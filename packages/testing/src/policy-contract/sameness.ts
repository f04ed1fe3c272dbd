import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyExample, PolicyUnderTest } from './setting.ts';
import { STORIES, stories } from './stories.ts';
import { begin, type Story, type Variation } from './story.ts';

/** What happens in any deployment, and must not change what becomes of a message. */
const VARIATIONS: Readonly<Record<string, Variation>> = {
  'when it is asked three times about the same message': { asks: 3 },
  'when a send has to be tried three times': { failures: 2 },
  'when the provider tells of each text twice': { echoes: true },
  'when the process dies after every step': { deaths: true },
  'when another policy stops an equal message ahead of each': { crossed: true },
  'when somebody is erased whose number begins in the same way': { erasures: true },
};

/** What there was to see of a story. */
type Seen = Pick<Story, 'fates' | 'received'>;

type Plot = Pick<PolicyExample, 'steps'> & { readonly start?: string | undefined };

export function samenessContract(underTest: PolicyUnderTest): void {
  /** How the examples go in a world without anything special; told once. */
  const plain = new Map<Plot, Promise<Seen>>();

  function plainly(plot: Plot): Promise<Seen> {
    const known = plain.get(plot) ?? tell(underTest, plot, {});
    plain.set(plot, known);
    return known;
  }

  describe.each(Object.entries(VARIATIONS))('%s', (_, variation) => {
    async function expectSame(plot: Plot, expected: Seen): Promise<void> {
      expect(await tell(underTest, plot, variation)).toEqual(
        // What has to be tried again, something else may overtake.
        variation.failures === undefined ? expected : { ...expected, received: inAnyOrder(expected.received) },
      );
    }

    it('does what the examples say', async () => {
      for (const example of underTest.examples) await expectSame(example, await plainly(example));
    });

    it('does the same, whatever happens', async () => {
      await fc.assert(
        fc.asyncProperty(stories(underTest.examples), async (plot) =>
          expectSame(plot, await tell(underTest, plot, {})),
        ),
        { numRuns: underTest.stories ?? STORIES },
      );
    });
  });
}

async function tell(underTest: PolicyUnderTest, { start, steps }: Plot, variation: Variation): Promise<Seen> {
  const story = await begin(underTest, variation, start);
  await story.go(steps);
  expect(story.watched.faults).toEqual([]);
  const { fates, received } = story;
  await story.end();
  return { fates, received: variation.failures === undefined ? received : inAnyOrder(received) };
}

function inAnyOrder(texts: readonly string[]): readonly string[] {
  return [...texts].sort();
}
