import { createHost, type HostDocument } from '@parley/core/host';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { playHosted } from '../support/hosted.ts';
import { scenario } from './arbitrary.ts';
import { build } from './build.ts';
import type { RandomScenario } from './spec.ts';

const SEED = Number(process.env.SEED ?? 20_261_124);

// XState says of each event that comes too late that it does.
vi.spyOn(console, 'warn').mockImplementation(() => {});

it(`a document that was adopted is whole: adopting it again changes nothing (SEED=${SEED})`, {
  timeout: 120_000,
}, () => {
  let count = 0;
  for (const spec of fc.sample(scenario, { seed: SEED, numRuns: 150 })) {
    const machine = build(spec.machine);
    const host = createHost(machine);
    for (const document of documentsOf(spec)) {
      const once = host.adopt(stored(document), 5_000_000_000_000);
      // What begins by it may set off more.
      if (once.emitted.length > 0 || once.document.status !== 'active') continue;
      const twice = host.adopt(stored(once.document), 6_000_000_000_000);
      expect(twice).toEqual({ document: stored(once.document), emitted: [] });
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(100);
});

/** The first documents of a run that is not too large. */
function documentsOf({ machine, script }: RandomScenario): readonly HostDocument[] {
  const documents: HostDocument[] = [];
  const isSmall = () => documents.every(({ tasks, timers }) => tasks.length + timers.length < 10);
  const saved = script.slice(0, 4);
  playHosted(
    { machine: build(machine), script: saved },
    {
      isTwice: false,
      isFresh: false,
      observe: (_event, _before, step) => documents.push(step.document),
    },
  );
  return isSmall() ? documents.filter(({ status }) => status === 'active').slice(0, 5) : [];
}

function stored(document: HostDocument): HostDocument {
  return JSON.parse(JSON.stringify(document));
}
