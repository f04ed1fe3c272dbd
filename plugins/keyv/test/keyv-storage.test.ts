import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import KeyvSqlite from '@keyv/sqlite';
import { silentLog, systemClock } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { storageContract } from '@parley/testing/contracts';
import { buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';
import Keyv from 'keyv';
import { describe, expect, it } from 'vitest';

storageContract('Keyv on a Map', () => {
  const store = new Map<string, unknown>();
  return { create: () => keyvStorage({ store }) };
});

storageContract('Keyv on @keyv/sqlite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-keyv-'));
  return {
    create: () => keyvStorage({ store: new KeyvSqlite(`sqlite://${join(folder, 'keyv.sqlite')}`) }),
    dispose: () => rmSync(folder, { recursive: true }),
  };
});

const context = { clock: systemClock, log: silentLog };

async function openOn(store: NonNullable<Parameters<typeof keyvStorage>[0]>['store'] & {}) {
  const storage = keyvStorage({ store });
  await storage.open(context);
  return storage;
}

describe('keyvStorage', () => {
  it.each([
    ['its own namespace', { namespace: 'mine' }],
    ['a time to live that would lose everything', { ttl: 1 }],
    ['no prefix of keys', { useKeyPrefix: false }],
  ])('works on a Keyv with %s', async (_, options) => {
    const keyv = new Keyv({ store: new Map(), ...options });
    const storage = await openOn(keyv);
    const messages = [buildMessage({ id: 'm' })];
    await storage.conversations.turn(buildKey(), () => commits(buildDocument(), { messages }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await storage.close();
    const again = await openOn(keyv);
    expect(await again.conversations.list({ limit: 10 })).toEqual([buildDocument()]);
    expect((await again.messages.list({ limit: 10 })).messages).toEqual(messages);
    await again.close();
  });

  it('passes over what others keep in the same store', async () => {
    const store = new Map<string, unknown>([
      ['other', 'a string'],
      ['parley:number', { value: 7 }],
      ['parley:text', { value: 'text' }],
    ]);
    const storage = await openOn(store);
    expect(await storage.conversations.list({ limit: 10 })).toEqual([]);
    await storage.close();
  });

  it('works on an adapter that Keyv has never heard of, if it can list its keys', async () => {
    const values = new Map<string, string>();
    class OfMyOwn {
      readonly opts = { url: 'mine:' };
      get = async (key: string) => values.get(key) as never;
      set = async (key: string, value: string) => void values.set(key, value);
      delete = async (key: string) => values.delete(key);
      clear = async () => values.clear();
      async *iterator(): AsyncGenerator<never[], void> {
        yield* values as Iterable<never>;
      }
      on() {
        return this;
      }
    }
    const storage = await openOn(new OfMyOwn());
    await storage.conversations.turn(buildKey(), () => commits(buildDocument()));
    await storage.close();
    const again = await openOn(new OfMyOwn());
    expect(await again.conversations.list({ limit: 10 })).toEqual([buildDocument()]);
    await again.close();
  });

  it('refuses an adapter that can not list its keys, and names those that can', async () => {
    class Blind {
      readonly opts = {};
      get = async () => undefined;
      set = async () => true;
      delete = async () => true;
      clear = async () => undefined;
      on() {
        return this;
      }
    }
    const error = openOn(new Blind());
    await expect(error).rejects.toMatchObject({
      code: 'error.platform.storage.not-iterable',
      details: { adapter: 'Blind' },
      message: expect.stringContaining('@keyv/redis'),
    });
  });
});
