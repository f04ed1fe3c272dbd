import { inspect } from 'node:util';
import { expect } from 'vitest';
import { playHosted } from './hosted.ts';
import { playLive } from './live.ts';
import type { Scenario, View } from './scenario.ts';

/** Plays a scenario live and hosted, and expects the same to be seen after every happening. */
export async function expectSame(scenario: Scenario): Promise<void> {
  expectViews(scenario, playHosted(scenario), await playLive(scenario));
}

/** Expects of a scenario's hosted run what has been seen live. */
export function expectViews(scenario: Scenario, hosted: readonly View[], seen: readonly View[]): void {
  const live = untilError(seen);
  live.forEach((view, index) => {
    const happening = index === 0 ? 'the start' : `${index}. ${inspect(scenario.script[index - 1])}`;
    expect({ after: happening, ...hosted[index] }).toStrictEqual({ after: happening, ...view });
  });
  expect(hosted).toHaveLength(live.length);
}

/** A machine that has thrown is over, live; hosted it is as it was before, which is for somebody to look at. */
function untilError(views: readonly View[]): readonly View[] {
  const index = views.findIndex(({ status }) => status === 'error');
  return index === -1 ? views : views.slice(0, index + 1);
}
