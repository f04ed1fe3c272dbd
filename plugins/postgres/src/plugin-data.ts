import type { Clock } from '@parley/core';
import Keyv, { type KeyvStoreAdapter } from 'keyv';
import type { Database, Value } from './database.ts';
import { InOrder } from './in-order.ts';
import { fromText, toText } from './text.ts';

/** What an adapter needs of the storage it lives in. */
export interface PluginDataAccess {
  /** @throws `error.platform.storage.closed`, `error.platform.storage.failed` */
  use<Result>(work: (data: PluginData) => Promise<Result>): Promise<Result>;
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly ttl: number | undefined;
}

const ALIVE = '(expires_at IS NULL OR expires_at > $2)';

/** Plugins' own data: values by namespace and key, each with a moment at which it is gone. */
export class PluginData {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #writes = new Map<string, InOrder>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** The values of these keys, in their order. */
  async get(namespace: string, keys: readonly string[]): Promise<readonly (string | undefined)[]> {
    const rows = await this.#database.query<{ key: string; value: string }>(
      `SELECT key, value FROM $schema.plugin_data WHERE namespace = $1 AND ${ALIVE} AND key = ANY ($3::text[])`,
      [toText(namespace), this.#now(), keys.map(toText)],
    );
    const found = new Map(rows.map(({ key, value }) => [fromText(key), fromText(value)]));
    return keys.map((key) => found.get(key));
  }

  async set(namespace: string, entries: readonly Entry[]): Promise<void> {
    const now = this.#now();
    // The last of equal keys wins: one statement can not write a row twice. Sorted, so that no two wait for each other.
    const rows = [...new Map(entries.map((entry) => [entry.key, entry])).values()]
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .map(({ key, value, ttl }) => ({
        key: toText(key),
        value: toText(value),
        expires_at: ttl === undefined ? null : Math.ceil(now + ttl),
      }));
    await this.#inOrder(
      namespace,
      entries.map(({ key }) => key),
      `INSERT INTO $schema.plugin_data (namespace, key, value, expires_at)
       SELECT $1, key, value, expires_at FROM json_to_recordset($2::json) AS t (key text, value text, expires_at bigint)
       ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`,
      [toText(namespace), JSON.stringify(rows)],
    );
  }

  /** Whether all of these keys were there. */
  async delete(namespace: string, keys: readonly string[]): Promise<boolean> {
    const rows = await this.#inOrder<{ alive: boolean }>(
      namespace,
      keys,
      `DELETE FROM $schema.plugin_data WHERE namespace = $1 AND key = ANY ($3::text[]) RETURNING ${ALIVE} AS alive`,
      [toText(namespace), this.#now(), keys.map(toText)],
    );
    return rows.filter(({ alive }) => alive).length === new Set(keys).size;
  }

  async clear(namespace: string): Promise<void> {
    const text = 'DELETE FROM $schema.plugin_data WHERE namespace = $1';
    await this.#inOrder(namespace, undefined, text, [toText(namespace)]);
  }

  /** Up to `limit` values whose keys come after `after`, by key as the column has it. */
  async page(
    namespace: string,
    after: string,
    limit: number,
  ): Promise<readonly { readonly key: string; readonly value: string }[]> {
    return this.#database.query<{ key: string; value: string }>(
      `SELECT key, value FROM $schema.plugin_data WHERE namespace = $1 AND ${ALIVE} AND key > $3 ORDER BY key LIMIT $4`,
      [toText(namespace), this.#now(), after, limit],
    );
  }

  #inOrder<Row extends object>(
    namespace: string,
    keys: readonly string[] | undefined,
    text: string,
    values: readonly Value[],
  ): Promise<readonly Row[]> {
    let writes = this.#writes.get(namespace);
    if (writes === undefined) {
      writes = new InOrder();
      this.#writes.set(namespace, writes);
    }
    return writes.run(keys, () => this.#database.query<Row>(text, values));
  }

  #now(): number {
    return Math.floor(this.#clock.now());
  }
}

/** How many values an iterator reads at a time. */
const PAGE = 100;

/** A Keyv over one namespace. Its times to live run on the runtime's clock. */
export function namespacedKeyv(namespace: string, access: PluginDataAccess): Keyv {
  const keyv = new Keyv({
    store: adapter(namespace, access),
    useKeyPrefix: false,
    throwOnErrors: true,
    emitErrors: false,
  });
  const { serialize } = keyv;
  // Keyv would write the computer's own time into the value and drop it by that; the adapter's word is enough.
  if (serialize !== undefined) keyv.serialize = (data) => serialize({ ...data, expires: undefined });
  return keyv;
}

function adapter(namespace: string, { use }: PluginDataAccess): KeyvStoreAdapter {
  const getMany = (keys: readonly string[]) => use((data) => data.get(namespace, keys));
  const setMany = (entries: readonly Entry[]) => use((data) => data.set(namespace, entries));
  return {
    // Keyv offers an iterator only for dialects that it knows.
    opts: { dialect: 'postgres' },
    get: async (key) => (await getMany([key]))[0] as never,
    getMany: getMany as never,
    has: async (key) => (await getMany([key]))[0] !== undefined,
    hasMany: async (keys) => (await getMany(keys)).map((value) => value !== undefined),
    set: async (key, value: string, ttl) => {
      await setMany([{ key, value, ttl }]);
      return true;
    },
    // Keyv takes an answer for every entry, though its type says otherwise.
    setMany: (async (entries: readonly Entry[]) => {
      await setMany(entries);
      return entries.map(() => true);
    }) as never,
    delete: (key) => use((data) => data.delete(namespace, [key])),
    deleteMany: (keys) => use((data) => data.delete(namespace, keys)),
    clear: () => use((data) => data.clear(namespace)),
    async *iterator() {
      const pageAfter = (after: string) => use((data) => data.page(namespace, after, PAGE));
      let page = await pageAfter('');
      while (page.length > 0) {
        for (const { key, value } of page) yield [fromText(key), fromText(value)] as never;
        page = await pageAfter(page.at(-1)?.key ?? '');
      }
    },
    on() {
      return this;
    },
  };
}
