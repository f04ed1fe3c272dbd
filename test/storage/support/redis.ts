import { randomUUID } from 'node:crypto';
import KeyvRedis, { createClient, createKeyv } from '@keyv/redis';
import Keyv from 'keyv';
import type { Need } from '../../support/needs.ts';

/** A Redis for tests, which keep to namespaces of their own. */
export interface TestRedis {
  readonly need: Need;
  readonly url: string;
}

/** The one that `PARLEY_TEST_REDIS_URL` names, or the one that runs here. */
export async function findRedis(): Promise<TestRedis> {
  const url = process.env.PARLEY_TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
  const missing = (await answers(url)) ? undefined : `no server answers at ${new URL(url).host}`;
  return { url, need: { what: 'Redis', missing, hint: 'apt-get install redis-server, or set PARLEY_TEST_REDIS_URL' } };
}

async function answers(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { connectTimeout: 1_000, reconnectStrategy: false } });
  client.on('error', () => {
    // It is told by `connect` too.
  });
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch {
    return false;
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** A Keyv in a namespace that no other test uses, and what removes it. */
export function redisNamespace(url: string): {
  readonly name: string;
  readonly create: () => Keyv;
  readonly remove: () => Promise<void>;
} {
  const name = `parley-test-${randomUUID()}`;
  return {
    name,
    create: () => new Keyv({ store: new KeyvRedis(url), namespace: name }),
    async remove() {
      const keyv = createKeyv(url, { namespace: name });
      await keyv.clear();
      await keyv.disconnect();
    },
  };
}
