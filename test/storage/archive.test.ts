import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Storage, silentLog } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { sqlite } from '@parley/plugin-sqlite';
import { VirtualClock } from '@parley/testing';
import { copyArchive, fillStorage, readArchive } from '@parley/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
let clock: VirtualClock;
let opened: Storage[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-archive-'));
  clock = new VirtualClock();
  opened = [];
});

afterEach(async () => {
  for (const storage of opened) await storage.close();
  rmSync(folder, { recursive: true });
});

async function open(storage: Storage): Promise<Storage> {
  await storage.open({ clock, log: silentLog });
  opened.push(storage);
  return storage;
}

/** Makes an empty storage of each kind. */
const KINDS: Readonly<Record<string, () => Storage>> = {
  sqlite: () => sqlite({ file: join(folder, `${opened.length}.db`) }),
  keyv: () => keyvStorage({ store: new Map() }),
};

describe('an archive', () => {
  it.each([
    ['sqlite', 'keyv'],
    ['keyv', 'sqlite'],
  ])('holds equal rows after a way from %s to %s and back', async (first, second) => {
    const from = await open(KINDS[first]!());
    await fillStorage(from, clock);
    const rows = await readArchive(from);
    const there = await open(KINDS[second]!());
    await copyArchive(from, there, 7);
    expect(await readArchive(there)).toEqual(rows);
    const back = await open(KINDS[first]!());
    await copyArchive(there, back, 3);
    expect(await readArchive(back)).toEqual(rows);
  });

  it('is the same from every storage that has lived through the same', async () => {
    const moment = clock.now();
    const archives = [];
    for (const create of Object.values(KINDS)) {
      clock = new VirtualClock({ start: moment });
      const storage = await open(create());
      await fillStorage(storage, clock);
      archives.push(await readArchive(storage));
    }
    for (const archive of archives) expect(archive).toEqual(archives[0]);
  });
});
