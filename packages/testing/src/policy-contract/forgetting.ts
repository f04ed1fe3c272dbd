import { inspect } from 'node:util';
import type { Address, ArchivePart, ArchiveRows, Storage } from '@parley/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { archivePages } from '../storage-contract/archive-copy.ts';
import { ANN, type PolicyStep, type PolicyUnderTest } from './setting.ts';
import { STORIES, stories } from './stories.ts';
import { begin } from './story.ts';

const SHORTEST_SECRET = 5;

export function forgettingContract(underTest: PolicyUnderTest): void {
  const anyStory = stories(underTest.examples);
  const numRuns = underTest.stories ?? STORIES;

  it('keeps neither a number nor a text of somebody who is erased, but for proofs', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async ({ start, steps }) => {
        const story = await begin(underTest, {}, start);
        await story.go(steps);
        await story.simulation.engine.eraseActor(ANN as Address);
        const { storage } = story.simulation.organization;
        const rows = await dataOf(storage, story.watched.plugin.name);
        const kept = rows.filter(({ key }) => !underTest.proofs?.test(key)).map((row) => JSON.stringify(row));
        for (const secret of secretsOf(steps)) for (const row of kept) expect(row).not.toContain(secret);
        await story.end();
      }),
      { numRuns },
    );
  });

  it('logs no text and no whole number', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async ({ start, steps }) => {
        const story = await begin(underTest, {}, start);
        await story.go(steps);
        const words = inspect(story.logged, { depth: 10, maxArrayLength: null });
        for (const secret of secretsOf(steps)) expect(words).not.toContain(secret);
        await story.end();
      }),
      { numRuns },
    );
  });
}

function secretsOf(steps: readonly PolicyStep[]): readonly string[] {
  const texts = steps.flatMap((step) => ('notify' in step ? [step.notify] : 'text' in step ? [step.text] : []));
  return [ANN.replace('+', ''), ...texts.filter(({ length }) => length >= SHORTEST_SECRET)];
}

/** Everything that a plugin keeps: its data, and what it has claimed. */
async function dataOf(storage: Storage, plugin: string): Promise<readonly { readonly key: string }[]> {
  const data = await rowsOf(storage, 'data');
  const claims = await rowsOf(storage, 'claims');
  return [
    ...data.filter(({ namespace }) => namespace === `plugin:${plugin}`),
    ...claims.filter(({ key }) => key.startsWith(`${plugin}:`)),
  ];
}

async function rowsOf<Part extends ArchivePart>(storage: Storage, part: Part): Promise<readonly ArchiveRows[Part][]> {
  const rows: ArchiveRows[Part][] = [];
  for await (const page of archivePages(storage, part, 100)) rows.push(...page);
  return rows;
}
