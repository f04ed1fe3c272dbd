import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyStorage } from '@parley/cli';
import { type Storage, silentLog, systemClock } from '@parley/core';
import { keyvStorage, memoryStorage } from '@parley/plugin-keyv';
import { sqlite } from '@parley/plugin-sqlite';
import Database from 'better-sqlite3';
import type { Provocation } from './world.ts';

async function opened(storage: Storage): Promise<Storage> {
  await storage.open({ clock: systemClock, log: silentLog });
  return storage;
}

/** Runs something in a folder of its own. */
async function inFolder(run: (folder: string) => Promise<unknown>): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-errors-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Opens a storage on a file that somebody else has changed. */
function openAfter(change: (database: Database.Database) => void): Provocation {
  return () =>
    inFolder(async (folder) => {
      const file = join(folder, 'parley.db');
      await (await opened(sqlite({ file }))).close();
      const database = new Database(file);
      change(database);
      database.close();
      await opened(sqlite({ file }));
    });
}

/** An adapter that cannot list its keys. */
const blind = Object.assign(new (class Blind {})(), {
  opts: {},
  get: async () => undefined,
  set: async () => true,
  delete: async () => true,
  clear: async () => undefined,
  on: () => blind,
});

export const storages: Readonly<Record<string, Provocation>> = {
  'error.platform.storage.in-use': () =>
    inFolder(async (folder) => {
      const file = join(folder, 'parley.db');
      const first = await opened(sqlite({ file }));
      try {
        await opened(sqlite({ file }));
      } finally {
        await first.close();
      }
    }),

  'error.platform.storage.newer': openAfter((database) => database.pragma('user_version = 1000')),

  'error.platform.storage.not-ours': openAfter((database) => database.pragma('application_id = 1')),

  'error.platform.storage.corrupt': () =>
    inFolder(async (folder) => {
      const file = join(folder, 'parley.db');
      await (await opened(sqlite({ file }))).close();
      // All but the first page, which says what file it is.
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0xff, 4_096));
      await opened(sqlite({ file, check: 'quick' }));
    }),

  // A folder is no file that SQLite could open.
  'error.platform.storage.failed': () => inFolder((folder) => opened(sqlite({ file: folder }))),

  'error.platform.storage.closed': () => memoryStorage().conversations.nextDueAt(),

  'error.platform.storage.not-iterable': () => opened(keyvStorage({ store: blind as never })),

  'error.platform.storage.not-empty': async () => {
    const storage = await opened(memoryStorage());
    await storage.keyv('test').set('key', 'value');
    await copyStorage(await opened(memoryStorage()), storage, { target: 'there' });
  },

  'error.platform.storage.copy-differs': async () => {
    const storage = await opened(memoryStorage());
    await storage.keyv('test').set('key', 'value');
    const target = await opened(memoryStorage());
    const forgetful = { ...target, archive: { ...target.archive, write: async () => {} } };
    await copyStorage(storage, forgetful, { target: 'there' });
  },

  'error.platform.storage.unknown-cursor': async () =>
    (await opened(memoryStorage())).messages.list({ cursor: 'made up', limit: 1 }),
};
