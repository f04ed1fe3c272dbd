import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@parley/core';
import { VirtualClock } from '@parley/testing';
import { storageContract } from '@parley/testing/contracts';
import { buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { sqlite, sqliteOn } from './sqlite.ts';

storageContract('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  return {
    create: () => sqlite({ file: join(folder, 'data', 'parley.db') }),
    dispose: () => rmSync(folder, { recursive: true }),
  };
});

describe('sqlite', () => {
  const context = { clock: systemClock, log: silentLog };

  it('says what is wrong with its options', () => {
    // @ts-expect-error no such option
    expect(() => sqlite({ path: 'parley.db' })).toThrow(/file: name the file.*path is no option/s);
  });

  it('keeps everything in memory when asked to', async () => {
    const storage = sqlite({ file: ':memory:' });
    await storage.open(context);
    await storage.conversations.turn(buildKey(), () => commits(buildDocument()));
    expect(await storage.conversations.get(buildKey())).toEqual(buildDocument());
    await storage.close();
  });

  it('rejects what a full disk has no room for, leaves no trace of it, and goes on once there is room', async () => {
    const database = openDatabase(':memory:');
    const storage = sqliteOn(() => database, {});
    await storage.open(context);
    await storage.conversations.turn(buildKey(), () => commits(buildDocument({ turns: 1 })));
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages + 5}`);
    const firstName = 'x'.repeat(10_000);
    const grow = (index: number) =>
      storage.conversations.turn(buildKey(index), () => {
        const key = buildKey(index);
        return commits(buildDocument({ key, turns: 2, actor: { address: buildDocument().theirs, firstName } }), {
          messages: [buildMessage({ id: `m${index}`, conversation: key })],
        });
      });
    const outcomes = await Promise.allSettled([0, 1, 2, 3, 4, 5].map(grow));
    const rejected = outcomes.filter(({ status }) => status === 'rejected');
    expect(rejected.length).toBeGreaterThan(0);
    for (const outcome of rejected) {
      expect(outcome).toMatchObject({
        reason: { code: 'error.platform.storage.failed', cause: { code: 'SQLITE_FULL' } },
      });
    }
    for (const [index, { status }] of outcomes.entries()) {
      const turns = (await storage.conversations.get(buildKey(index)))?.turns;
      expect(turns === 2).toBe(status === 'fulfilled');
      expect((await storage.messages.get(`m${index}` as never)) !== undefined).toBe(status === 'fulfilled');
    }
    expect((await storage.conversations.get(buildKey()))?.turns).toBeGreaterThanOrEqual(1);
    database.pragma('max_page_count = 1000000');
    for (const [index, { status }] of outcomes.entries()) if (status === 'rejected') await grow(index);
    expect((await storage.messages.totals())[0]?.count).toBe(outcomes.length);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    await storage.close();
  });

  it('forgets the ids of turns after more than a week, a few with each new one', async () => {
    const clock = new VirtualClock();
    const database = openDatabase(':memory:');
    const storage = sqliteOn(() => database, {});
    await storage.open({ ...context, clock });
    const turn = (once: string) => storage.conversations.turn(buildKey(), () => commits(buildDocument()), { once });
    const remembered = () => database.prepare('SELECT count(*) FROM taken_in').pluck().get();
    for (let index = 0; index < 600; index++) await turn(`old-${index}`);
    await clock.advance(7 * 24 * 60 * 60 * 1_000);
    expect(await turn('old-0')).toEqual({ kind: 'duplicate' });
    await turn('young');
    expect(remembered()).toBe(601);
    await clock.advance(24 * 60 * 60 * 1_000 + 1);
    for (let index = 0; index < 5; index++) await turn(`new-${index}`);
    expect(remembered()).toBe(6);
    expect(await turn('young')).toEqual({ kind: 'duplicate' });
    await storage.close();
  });

  it('clears away claims and plugin data that have run out', async () => {
    const clock = new VirtualClock();
    const database = openDatabase(':memory:');
    const storage = sqliteOn(() => database, {});
    await storage.open({ ...context, clock });
    for (let index = 0; index < 10; index++) {
      await storage.claim(`claim-${index}`, 'me', 1_000);
      await storage.keyv('a').set(`key-${index}`, index, 1_000);
    }
    await clock.advance(1_000);
    await storage.claim('last', 'me', 1_000);
    await storage.keyv('a').set('last', 1, 1_000);
    const rows = database.prepare('SELECT key FROM claims UNION ALL SELECT key FROM plugin_data').pluck().all();
    expect(rows).toEqual(['last', 'last']);
    await storage.close();
  });

  it('finds a rare message among many without holding the event loop', async () => {
    const storage = sqlite({ file: ':memory:' });
    await storage.open(context);
    const messages = Array.from({ length: 9_000 }, (_, at) =>
      buildMessage({ id: `m${at}`, at, text: at === 3 ? 'needle' : 'hay' }),
    );
    await storage.conversations.turn(buildKey(), () => commits(buildDocument(), { messages }));
    let rounds = 0;
    const timer = setInterval(() => rounds++, 0);
    const found = await storage.messages.list({ app: 'clinic', text: 'NEEDLE', limit: 5 });
    clearInterval(timer);
    expect(found.messages.map(({ id }) => id)).toEqual(['m3']);
    expect(found).not.toHaveProperty('next');
    expect(rounds).toBeGreaterThan(0);
    await storage.close();
  });

  it('finds one person among many of other apps, and counts many failures, in several steps', async () => {
    const storage = sqlite({ file: ':memory:' });
    await storage.open(context);
    const keys = Array.from({ length: 2_500 }, (_, index) => buildKey(index));
    const documents = keys.map((key, index) => buildDocument({ key, app: index === 2_400 ? 'school' : 'clinic' }));
    await storage.archive.write('conversations', documents);
    expect(await storage.conversations.list({ person: '+1415', app: 'school', limit: 10 })).toEqual([documents[2_400]]);
    const messages = keys.map((conversation, index) => {
      const error = { code: index % 5 === 0 ? 'rare' : 'common', reason: 'r' };
      return buildMessage({
        id: `m${index}`,
        conversation,
        at: index % 7,
        direction: 'outbound',
        status: 'failed',
        error,
      });
    });
    await storage.archive.write('messages', messages);
    const counts = [
      { code: 'common', count: 2_000 },
      { code: 'rare', count: 500 },
    ];
    const query = { since: 0, until: 10 };
    expect(await storage.messages.failures({ ...query, limit: 2_500 })).toEqual({ counts, complete: true });
    expect(await storage.messages.failures({ ...query, limit: 2_499 })).toMatchObject({ complete: false });
    expect(await storage.messages.failures({ ...query, limit: 2_000 })).toMatchObject({ complete: false });
    await storage.close();
  });

  it('copies what is committed while it works', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
    const storage = sqlite({ file: join(folder, 'parley.db') });
    await storage.open(context);
    await storage.conversations.turn(buildKey(), () => commits(buildDocument({ turns: 5 })));
    await storage.backup(join(folder, 'copy.db'));
    await storage.conversations.turn(buildKey(), () => commits(buildDocument({ turns: 6 })));
    await storage.close();
    expect(readdirSync(folder).sort()).toEqual(['copy.db', 'parley.db']);
    const copy = sqlite({ file: join(folder, 'copy.db') });
    await copy.open(context);
    expect((await copy.conversations.get(buildKey()))?.turns).toBe(5);
    await copy.close();
    rmSync(folder, { recursive: true });
  });
});
