import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@parley/core';
import { type Check, sqlite } from '@parley/plugin-sqlite';
import { buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  file = join(folder, 'parley.db');
  const storage = await open('off');
  for (let turns = 0; turns < 50; turns++) {
    const messages = [buildMessage({ id: `m${turns}`, at: turns, text: 'x'.repeat(2_000) })];
    await storage.conversations.turn(buildKey(), () => commits(buildDocument({ turns }), { messages }));
  }
  await storage.close();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function open(check: Check) {
  const storage = sqlite({ file, check });
  await storage.open({ clock: systemClock, log: silentLog });
  return storage;
}

const corrupt = { code: 'error.platform.storage.corrupt', cause: expect.any(Error) };

describe('a file that is damaged', () => {
  it.each(['quick', 'full'] as const)('is opened after a check (%s) that finds nothing', async (check) => {
    const storage = await open(check);
    expect((await storage.conversations.get(buildKey()))?.turns).toBe(49);
    await storage.close();
  });

  it.each(['quick', 'full'] as const)('is refused by a check (%s), and left as it is', async (check) => {
    const bytes = readFileSync(file);
    // A page in the middle: what is before and after it can be read.
    bytes.fill(0xff, 20 * 4_096, 21 * 4_096);
    writeFileSync(file, bytes);
    await expect(open(check)).rejects.toMatchObject({ ...corrupt, details: { file } });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    await (await open('off')).close();
  });

  it('is refused without a check when its first pages can not be read', async () => {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 100, 4_096));
    await expect(open('off')).rejects.toMatchObject(corrupt);
  });

  it('is found by the full check alone when an index does not have what its table has', async () => {
    const database = new Database(file);
    database.unsafeMode();
    database.pragma('writable_schema = ON');
    const name = 'messages_by_provider_id';
    database.prepare(`UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'NULL') WHERE name = ?`).run(name);
    database.close();
    await (await open('quick')).close();
    await expect(open('full')).rejects.toMatchObject(corrupt);
  });
});
