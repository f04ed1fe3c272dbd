import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextPass } from 'node:timers/promises';
import { silentLog, systemClock } from '@parley/core';
import { type SqliteStorage, sqlite } from '@parley/plugin-sqlite';
import { buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MEGABYTE = 1024 * 1024;

/** 4,000 pages are copied back at a time: 16 MB, and what one group commit writes beyond. */
const LARGEST = 24 * MEGABYTE;

let folder: string;
let storage: SqliteStorage;
let written: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  storage = sqlite({ file: join(folder, 'parley.db') });
  await storage.open({ clock: systemClock, log: silentLog });
  written = 0;
});

afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

const sizeOfLog = () => statSync(join(folder, 'parley.db-wal')).size;

/** Writes some 20 KB a turn, 50 turns to a group, until so many megabytes are written; answers how large the log became. */
async function write(megabytes: number): Promise<number> {
  let largest = 0;
  const text = 'x'.repeat(20_000);
  for (let bytes = 0; bytes < megabytes * MEGABYTE; bytes += 50 * text.length) {
    await Promise.all(
      Array.from({ length: 50 }, () => {
        const key = buildKey(written % 100);
        const message = buildMessage({ id: `m${++written}`, conversation: key, at: written, text });
        return storage.conversations.turn(key, () => commits(buildDocument({ key }), { messages: [message] }));
      }),
    );
    largest = Math.max(largest, sizeOfLog());
  }
  return largest;
}

describe('the write-ahead log', () => {
  it('stays small however much is written', async () => {
    expect(await write(100)).toBeLessThan(LARGEST);
  });

  it('stays small while somebody reads all the time', async () => {
    await write(10);
    let going = true;
    let pages = 0;
    const readers = [1, 2].map(async () => {
      while (going) {
        await storage.messages.list({ limit: 10 });
        await storage.archive.read('messages', { limit: 10 });
        pages++;
        // Reads resolve within one pass of the event loop, and writes need the next.
        await nextPass();
      }
    });
    const largest = await write(100);
    going = false;
    await Promise.all(readers);
    expect(pages).toBeGreaterThan(3);
    expect(largest).toBeLessThan(LARGEST);
  });

  it('stays small while copies are made', async () => {
    await write(50);
    let going = true;
    let copies = 0;
    const backups = (async () => {
      while (going) {
        await storage.backup(join(folder, 'copy.db'));
        copies++;
      }
    })();
    const largest = await write(100);
    going = false;
    await backups;
    expect(copies).toBeGreaterThan(0);
    expect(largest).toBeLessThan(LARGEST);
  });
});
