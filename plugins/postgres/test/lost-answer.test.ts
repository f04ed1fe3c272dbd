import { silentLog, systemClock } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Network } from '../../../test/postgres/support/network.ts';
import { dropSchema, findServer, newSchema, query } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';

const { need, url } = await findServer();

suiteNeeding(need, 'a connection that is lost', () => {
  let network: Network;
  let through: string;
  let schema: string;

  beforeEach(async () => {
    const { hostname, port } = new URL(url);
    network = await Network.start(Number(port || 5432), hostname);
    const past = new URL(url);
    past.host = `127.0.0.1:${network.port}`;
    through = past.href;
    schema = newSchema();
  });

  afterEach(async () => {
    await network.close();
    await dropSchema(url, schema);
  });

  async function open() {
    const storage = postgres({ url: through, schema, timeout: 500, connectTimeout: 500 });
    await storage.open({ clock: systemClock, log: silentLog });
    return storage;
  }

  it('does not report a turn as done whose commit nobody has answered, and knows it again by its id', async () => {
    const storage = await open();
    const take = () =>
      storage.conversations.turn(
        buildKey(),
        () => {
          // What is written arrives, and the answer does not.
          if (first) network.cut('answers');
          first = false;
          return commits(buildDocument({ turns: 7 }), { messages: [buildMessage({ id: 'm' })] });
        },
        { once: 'SM1' },
      );
    let first = true;
    await expect(take()).rejects.toMatchObject({ code: 'error.platform.storage.failed', status: 503 });
    network.heal();
    expect(await take()).toEqual({ kind: 'duplicate' });
    expect((await storage.conversations.get(buildKey()))?.turns).toBe(7);
    expect(await storage.messages.totals()).toEqual([
      { app: 'clinic', direction: 'inbound', status: 'received', count: 1 },
    ]);
    await storage.close();
  });

  it('refuses at once what waits while nobody answers, and goes on by itself', async () => {
    const storage = await open();
    await storage.conversations.turn(buildKey(), () => commits(buildDocument()));
    network.cut();
    const began = performance.now();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 600 }, (_, index) => {
        const key = buildKey(index);
        return storage.conversations.turn(key, () => commits(buildDocument({ key })));
      }),
    );
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { code: 'error.platform.storage.failed', status: 503 } });
    }
    // One time-out for all of them, not one for each: that would take minutes.
    expect(performance.now() - began).toBeLessThan(60_000);
    network.heal();
    await vi.waitFor(async () => {
      await storage.conversations.turn(buildKey(1), () => commits(buildDocument({ key: buildKey(1) })));
    });
    await storage.close();
  });

  it('closes although nobody answers', async () => {
    const storage = await open();
    await storage.conversations.nextDueAt();
    const unwatch = storage.conversations.watch?.(() => {});
    await vi.waitFor(async () => {
      const listening = await query(url, `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN "parley ${schema}"'`);
      expect(listening).toHaveLength(1);
    });
    network.cut();
    unwatch?.();
    await storage.close();
  });

  it('hears of commits again after the connection that listens was lost, and has everybody look meanwhile', async () => {
    const [storage, other] = [await open(), await open()];
    const heard: number[] = [];
    const unwatch = storage.conversations.watch?.((dueAt) => heard.push(dueAt));
    const listening = () =>
      query<{ pid: number }>(url, `SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN "parley ${schema}"'`);
    await vi.waitFor(async () => expect(await listening()).toHaveLength(1));
    const [before] = await listening();
    await query(url, `SELECT pg_terminate_backend(${before?.pid})`);
    await vi.waitFor(async () => expect((await listening())[0]?.pid).not.toBe(before?.pid), 5_000);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const dueAt = Date.now() + 60_000;
    await other.conversations.turn(buildKey(), () => commits(buildDocument({ dueAt })));
    await vi.waitFor(() => expect(heard).toContain(dueAt));
    unwatch?.();
    await Promise.all([storage.close(), other.close()]);
  });
});
