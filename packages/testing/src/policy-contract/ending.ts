import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PolicyUnderTest } from './setting.ts';
import { STORIES, stories } from './stories.ts';
import { begin } from './story.ts';

const EIGHT_DAYS = { days: 8 };

/** A policy that has a message wait is asked again when it has said; oftener than this in a day it makes work. */
const MOST_QUESTIONS_A_DAY = 50;

export function endingContract(underTest: PolicyUnderTest): void {
  const { settlesWithin = EIGHT_DAYS, examples } = underTest;
  const releases = examples.flatMap(({ release = [] }) => release);
  const waiting = examples.filter(({ ends }) => ends === 'deferred');

  it.each(waiting.map((example) => [example.what, example] as const))('comes to an end: %s', async (_, example) => {
    const story = await begin(underTest, {}, example.start);
    await story.go([...example.steps, ...(example.release ?? [])]);
    const before = story.watched.asked;
    const begun = story.simulation.clock.now();
    await story.go([{ wait: settlesWithin }]);
    expect(await story.waiting()).toEqual([]);
    const days = (story.simulation.clock.now() - begun) / 86_400_000;
    const messages = story.fates.at(-1)?.length ?? 0;
    expect(story.watched.asked - before).toBeLessThan(MOST_QUESTIONS_A_DAY * Math.ceil(days) * messages);
    expect(story.watched.faults).toEqual([]);
    await story.end();
  });

  it('leaves nothing waiting for ever, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(stories(examples), async ({ start, steps }) => {
        const story = await begin(underTest, {}, start);
        await story.go([...steps, ...releases, { wait: settlesWithin }]);
        expect(await story.waiting()).toEqual([]);
        expect(story.watched.faults).toEqual([]);
        await story.end();
      }),
      { numRuns: underTest.stories ?? STORIES },
    );
  });
}
