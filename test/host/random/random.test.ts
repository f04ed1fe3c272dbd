import { inspect } from 'node:util';
import fc from 'fast-check';
import { beforeAll, expect, it, vi } from 'vitest';
import { expectViews } from '../support/compare.ts';
import { type How, playHosted } from '../support/hosted.ts';
import { playLive } from '../support/live.ts';
import type { View } from '../support/scenario.ts';
import { scenario } from './arbitrary.ts';
import { build } from './build.ts';
import { Coverage, LEAST } from './coverage.ts';
import { minimise, readable } from './minimise.ts';
import type { RandomScenario } from './spec.ts';

const RUNS = Number(process.env.RUNS ?? 1000);
const SEED = Number(process.env.SEED ?? 20_261_124);
const coverage = new Coverage();
/** Machines that are drawn at once. */
const BATCH = 500;

beforeAll(() => {
  // XState says of each event that comes too late that it does.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

it(
  `random machines do the same live and hosted (SEED=${SEED} RUNS=${RUNS})`,
  async () => {
    for (let done = 0; done < RUNS; done += BATCH) {
      const numRuns = Math.min(BATCH, RUNS - done);
      for (const [index, spec] of fc.sample(scenario, { seed: SEED + done, numRuns }).entries()) {
        if ((await difference(spec)) !== undefined) await explain(spec, `SEED=${SEED + done} number ${index}`);
      }
      if (RUNS > 5000) process.stderr.write(`${done + numRuns} of ${RUNS} machines were alike, ${skipped} too large\n`);
    }
    expect(skipped / RUNS).toBeLessThan(0.1);
  },
  10_000 + RUNS * 200,
);

it('random machines do everything that they should, often enough', () => {
  const counts = Object.fromEntries(coverage.counts);
  if (RUNS > 5000) process.stderr.write(`${inspect(counts)}\n`);
  const rare = Object.entries(LEAST).filter(([feature, least]) => (counts[feature] ?? 0) < (least * RUNS) / 1000);
  expect(rare.map(([feature]) => [feature, counts[feature]])).toEqual([]);
});

/** Machines whose children have children without end take long and show nothing more. */
let skipped = 0;
const isTooLarge = ({ actors = {}, timers = [] }: View) => Object.keys(actors).length > 16 || timers.length > 24;

/** What is not the same live and hosted, if anything. */
async function difference({ machine, script }: RandomScenario): Promise<unknown> {
  const built = { machine: build(machine), script };
  const live = await playLive(built);
  if (live.some(isTooLarge)) {
    skipped += 1;
    return undefined;
  }
  try {
    const observe: How['observe'] = (...step) => coverage.observe(...step);
    // A host for each step would take most of the time. One scenario in ten has one, and takes every step twice.
    const isStrict = script.length % 10 === 0;
    const hosted = playHosted(built, { isTwice: isStrict, isFresh: isStrict, observe });
    if (hosted.at(-1)?.status === 'error') coverage.failed();
    expectViews(built, hosted, live);
    return undefined;
  } catch (error) {
    return error;
  }
}

async function explain(spec: RandomScenario, where: string): Promise<never> {
  const least = await minimise(spec, async (smaller) => {
    try {
      return (await difference(smaller)) !== undefined;
    } catch {
      // What is left is no machine.
      return false;
    }
  });
  const text = inspect(readable(least), { depth: 50, breakLength: 130 });
  throw new Error(`${where} differs:\n${text}`, { cause: await difference(least) });
}
