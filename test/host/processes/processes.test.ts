import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from '@parley/core/host';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playHosted } from '../support/hosted.ts';
import { loadCorpus } from '../support/load-corpus.ts';
import { forkTypescript } from './fork-typescript.ts';
import type { Progress } from './player.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-corpus-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('the corpus goes on in a new process before every event', { timeout: 300_000 }, async () => {
  const scenarios = Object.entries(await loadCorpus()).flatMap(([feature, corpus]) =>
    Object.entries(corpus).map(([name, scenario]) => [`${feature}/${name}`, playHosted(scenario)] as const),
  );
  const longest = Math.max(...scenarios.map(([, views]) => views.length));
  for (let index = 0; index < longest; index++) {
    const file = join(folder, 'corpus.json');
    const [code] = await once(forkTypescript('./player.ts', file, String(index)), 'exit');
    expect(code).toBe(0);
    const progress: Readonly<Record<string, Progress>> = JSON.parse(await readFile(file, 'utf8'));
    const expected = scenarios.filter(([, views]) => views.length > index);
    expect(Object.keys(progress).sort()).toEqual(expected.map(([name]) => name).sort());
    for (const [name, views] of expected) {
      expect({ name, index, ...decode(progress[name]!.view) }).toStrictEqual({ name, index, ...views[index] });
    }
  }
});
