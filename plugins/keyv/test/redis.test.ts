import { createClient } from '@keyv/redis';
import { silentLog, systemClock } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { storageContract } from '@parley/testing/contracts';
import { buildDocument, buildKey, commits } from '@parley/testing/records';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findRedis, redisNamespace } from '../../../test/storage/support/redis.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';

const { need, url } = await findRedis();

suiteNeeding(need, 'Redis', () => {
  storageContract('Keyv on @keyv/redis', () => {
    const { create, remove } = redisNamespace(url);
    return { create: () => keyvStorage({ store: create() }), dispose: remove };
  });
});

suiteNeeding(need, 'keyvStorage on Redis', () => {
  let namespace: ReturnType<typeof redisNamespace>;
  let client: ReturnType<typeof createClient>;

  beforeEach(async () => {
    namespace = redisNamespace(url);
    client = createClient({ url });
    await client.connect();
  });

  afterEach(async () => {
    await namespace.remove();
    client.destroy();
  });

  async function open() {
    const storage = keyvStorage({ store: namespace.create() });
    await storage.open({ clock: systemClock, log: silentLog });
    return storage;
  }

  it('does not take a read that Redis refuses for a conversation that never was', async () => {
    const storage = await open();
    const key = buildKey();
    await storage.conversations.turn(key, () => commits(buildDocument({ key })));
    const [name = ''] = await client.keys(`${namespace.name}*conversation/${key}`);
    const before = await client.get(name);
    // A list where a string should be: Redis answers WRONGTYPE.
    await client.del(name);
    await client.lPush(name, 'not a string');
    const turn = () => storage.conversations.turn(key, (document) => commits(document ?? buildDocument({ turns: 99 })));
    await expect(turn()).rejects.toMatchObject({ code: 'error.platform.storage.failed' });
    await client.set(name, before ?? '');
    expect((await storage.conversations.get(key))?.turns).toBe(1);
    await storage.close();
  });

  it('can be closed and opened on the same adapter', async () => {
    const store = namespace.create();
    for (const turns of [1, 2]) {
      const storage = keyvStorage({ store });
      await storage.open({ clock: systemClock, log: silentLog });
      await storage.conversations.turn(buildKey(), (document) =>
        commits({ ...(document ?? buildDocument({ turns: 0 })), turns: (document?.turns ?? 0) + 1 }),
      );
      expect((await storage.conversations.get(buildKey()))?.turns).toBe(turns);
      await storage.close();
    }
  });
});
