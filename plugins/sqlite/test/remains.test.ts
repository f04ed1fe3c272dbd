import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PruneRequest, silentLog, systemClock } from '@parley/core';
import { type SqliteStorage, sqlite } from '@parley/plugin-sqlite';
import { buildActivity, buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
let file: string;
let storage: SqliteStorage;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  file = join(folder, 'parley.db');
  storage = sqlite({ file });
  await storage.open({ clock: systemClock, log: silentLog });
});

afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

/** A conversation whose document, messages and activity hold a word, in rows that are small and rows of many pages. */
async function converse(index: number, word: string): Promise<void> {
  const key = buildKey(index);
  for (let turns = 0; turns < 20; turns++) {
    // Shorter and longer again, so that earlier versions would leave their ends behind.
    const firstName = `${word} `.repeat(turns % 2 === 0 ? 200 : 3);
    await storage.conversations.turn(key, (document = buildDocument({ key })) =>
      commits(
        { ...document, actor: { ...document.actor, firstName } },
        {
          messages: [
            buildMessage({
              id: `${index}-${turns}`,
              conversation: key,
              at: turns,
              text: `${word} `.repeat(1 + turns * 200),
            }),
          ],
          activity: [buildActivity({ id: `${index}-${turns}`, conversation: key, at: turns, data: { word } })],
        },
      ),
    );
  }
}

/** Looks in a process of its own: closing the file in this one would drop the locks that SQLite has on it. */
function hasWord(name: string, word: string): boolean {
  return spawnSync('grep', ['--quiet', '--text', word, name]).status === 0;
}

/** Whether the file still has a word, anywhere. */
async function remains(word: string): Promise<boolean> {
  await storage.close();
  return readFileSync(file).includes(word);
}

describe('what was taken away', () => {
  it('is nowhere in the file when a person was erased', async () => {
    await converse(1, 'confidential');
    await converse(2, 'harmless');
    await storage.erase(buildDocument({ key: buildKey(1) }).theirs);
    expect(await remains('confidential')).toBe(false);
    expect(await remains('harmless')).toBe(true);
  });

  it('is not in the write-ahead log either, as soon as a person was erased', async () => {
    await converse(1, 'confidential');
    expect(hasWord(`${file}-wal`, 'confidential')).toBe(true);
    await storage.erase(buildDocument({ key: buildKey(1) }).theirs);
    for (const name of [file, `${file}-wal`]) expect(hasWord(name, 'confidential')).toBe(false);
  });

  it.each(['delete', 'redact'] as const)(
    'is nowhere in the file when messages and activity were pruned: %s',
    async (mode) => {
      await converse(1, 'confidential');
      await storage.conversations.turn(buildKey(1), () => commits(buildDocument({ key: buildKey(1) })));
      const request: PruneRequest = { before: 100, mode, what: 'messages', limit: 1_000 };
      expect(await storage.prune(request)).toEqual({ rows: 20, done: true });
      expect(await storage.prune({ ...request, what: 'activity' })).toEqual({ rows: 20, done: true });
      expect(await remains('confidential')).toBe(false);
    },
  );
});
