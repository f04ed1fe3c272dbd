import { silentLog, systemClock } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { storageContract } from '@parley/testing/contracts';
import { buildDocument, buildKey, buildMessage, buildUpdate, commits } from '@parley/testing/records';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Pooler, pgbouncerNeed, startPooler } from '../../../test/postgres/support/pgbouncer.ts';
import { dropSchema, findServer, newSchema, query } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';

/** `PGBOUNCER=contract` runs the whole contract once more, which takes as long as it does without PgBouncer. */
const CONTRACT = process.env.PGBOUNCER === 'contract';

const { need, url } = await findServer();

suiteNeeding(need.missing === undefined ? pgbouncerNeed : need, 'behind PgBouncer in transaction mode', () => {
  let pooler: Pooler;

  beforeAll(async () => {
    pooler = await startPooler(url);
  });

  afterAll(() => pooler?.close());

  if (CONTRACT) {
    storageContract('PostgreSQL behind PgBouncer', () => {
      const schema = newSchema();
      return {
        create: () => postgres({ url: pooler.url, schema, pooler: true }),
        dispose: () => dropSchema(url, schema),
      };
    });
  }

  it('does all kinds of things, many of them at once', async () => {
    const schema = newSchema();
    const storage = postgres({ url: pooler.url, schema, pooler: true });
    await storage.open({ clock: systemClock, log: silentLog });
    const work = Array.from({ length: 200 }, async (_, index) => {
      const key = buildKey(index % 20);
      const messages = [buildMessage({ id: `m${index}`, conversation: key, direction: 'outbound', at: index })];
      const count = (document = buildDocument({ key, turns: 0, dueAt: 5 })) =>
        commits({ ...document, turns: document.turns + 1 }, { messages });
      await storage.conversations.turn(key, count, { once: `SM${index}` });
      await storage.messages.applyStatus(`m${index}` as never, buildUpdate('sent'));
      await storage.keyv('a').set(String(index), index);
      expect(await storage.claim(String(index), 'me', 60_000)).toBe('me');
      expect(await storage.keyv('a').get(String(index))).toBe(index);
    });
    await Promise.all(work);
    const { conversations, messages } = storage;
    expect((await conversations.list({ limit: 100 })).map(({ turns }) => turns)).toEqual(Array(20).fill(10));
    expect(await messages.totals()).toEqual([{ app: 'clinic', direction: 'outbound', status: 'sent', count: 200 }]);
    expect((await messages.list({ status: 'sent', limit: 500 })).messages).toHaveLength(200);
    expect(await conversations.due(10, 50, 20)).toHaveLength(20);
    await storage.close();
    await dropSchema(url, schema);
  }, 60_000);

  it('listens past it', async () => {
    const schema = newSchema();
    const make = () => postgres({ url: pooler.url, schema, pooler: true, listenUrl: url });
    const [storage, other] = [make(), make()];
    await storage.open({ clock: systemClock, log: silentLog });
    await other.open({ clock: systemClock, log: silentLog });
    const heard: number[] = [];
    const unwatch = other.conversations.watch?.((at) => heard.push(at));
    await vi.waitFor(async () => {
      const listening = await query(url, `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN "parley ${schema}"'`);
      expect(listening).toHaveLength(1);
    });
    const dueAt = Date.now() + 60_000;
    await storage.conversations.turn(buildKey(), () => commits(buildDocument({ dueAt })));
    await vi.waitFor(() => expect(heard).toEqual([dueAt]));
    unwatch?.();
    await Promise.all([storage.close(), other.close()]);
    await dropSchema(url, schema);
  });
});
