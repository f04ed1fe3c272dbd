import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Log, silentLog, systemClock } from '@parley/core';
import { type SqliteOptions, type SqliteStorage, sqlite } from '@parley/plugin-sqlite';
import { buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mountSmallDisk, type SmallDisk, smallDiskNeed } from '../../../test/storage/support/small-disk.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';

suiteNeeding(smallDiskNeed(), 'SQLite on a disk that is full', () => {
  let disk: SmallDisk;
  let storage: SqliteStorage;
  let errors: unknown[];

  beforeEach(() => {
    disk = mountSmallDisk(8);
    errors = [];
  });

  afterEach(async () => {
    await storage.close();
    disk.remove();
  });

  async function open(options: Partial<SqliteOptions> = {}): Promise<void> {
    storage = sqlite({ file: join(disk.folder, 'parley.db'), ...options });
    const log: Log = { ...silentLog, error: (fields) => errors.push(fields) };
    await storage.open({ clock: systemClock, log });
  }

  function turn(id: string) {
    const key = buildKey(id.length);
    const message = buildMessage({ id, conversation: key, text: 'x'.repeat(2_000) });
    return storage.conversations.turn(key, (document = buildDocument({ key, turns: 0 })) =>
      commits({ ...document, turns: document.turns + 1 }, { messages: [message] }),
    );
  }

  /** Takes turns in groups until some are refused; the ids of those that were acknowledged. */
  async function untilRefused(name: string): Promise<readonly string[]> {
    const acknowledged: string[] = [];
    for (let group = 0; group < 1_000; group++) {
      const ids = Array.from({ length: 20 }, (_, index) => `${name}-${group}-${index}`);
      const outcomes = await Promise.allSettled(ids.map(turn));
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      acknowledged.push(...ids.filter((_, index) => outcomes[index]?.status === 'fulfilled'));
      if (refused.length === 0) continue;
      for (const { reason } of refused) {
        expect(reason).toMatchObject({ code: 'error.platform.storage.failed', status: 503, cause: expect.any(Error) });
      }
      return acknowledged;
    }
    throw new Error('The disk never filled up.');
  }

  async function expectAll(ids: readonly string[]): Promise<void> {
    const found = await Promise.all(ids.map((id) => storage.messages.get(id as never)));
    expect(found.filter((message) => message === undefined)).toEqual([]);
    const received = (await storage.messages.totals())[0]?.count ?? 0;
    expect(received).toBe(ids.length);
  }

  it('refuses turns, keeps what was acknowledged, reads on, and goes on by itself when there is room', async () => {
    await open();
    const acknowledged = [...(await untilRefused('a'))];
    expect(acknowledged.length).toBeGreaterThan(100);
    await expectAll(acknowledged);
    disk.fill();
    acknowledged.push(...(await untilRefused('b')));
    await expectAll(acknowledged);
    // As after a crash: another process would find the same.
    await storage.close();
    disk.free();
    await open({ check: 'full' });
    await expectAll(acknowledged);
  });

  it('takes turns again as soon as there is room, without being opened anew', async () => {
    await open();
    await turn('first');
    disk.fill();
    const acknowledged = ['first', ...(await untilRefused('a'))];
    disk.free();
    for (let index = 0; index < 50; index++) {
      await turn(`later-${index}`);
      acknowledged.push(`later-${index}`);
    }
    await expectAll(acknowledged);
    await storage.close();
    await open({ check: 'full' });
    await expectAll(acknowledged);
  });

  it('gives up a copy that has no room, says so in the log, and leaves nothing of it', async () => {
    const folder = join(disk.folder, 'backups');
    await open();
    for (let index = 0; index < 200; index++) await turn(`a-${index}`);
    await storage.close();
    disk.fill();
    await open({ backup: { folder, every: 60_000, keep: 1 } });
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    expect(errors[0]).toMatchObject({ code: 'error.platform.storage.failed', cause: expect.any(String) });
    expect(readdirSync(disk.folder).includes('backups') ? readdirSync(folder) : []).toEqual([]);
    disk.free();
    await turn('last');
  });
});
