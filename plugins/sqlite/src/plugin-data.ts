import type { Clock } from '@parley/core';
import Keyv, { type KeyvStoreAdapter } from 'keyv';
import type { Database } from './database.ts';

/** How many values that ran out one write clears away. */
const SWEEP = 16;

/** What an adapter needs of the storage it lives in. */
export interface PluginDataAccess {
  /** Runs a read on what was last committed. */
  read<Result>(work: (data: PluginData) => Result): Promise<Result>;
  /** Runs a write in the next group commit. */
  write<Result>(work: (data: PluginData) => Result): Promise<Result>;
}

/** Plugins' own data: values by namespace and key, each with a moment at which it is gone. */
export class PluginData {
  readonly #clock: Clock;
  readonly #get;
  readonly #set;
  readonly #delete;
  readonly #clear;
  readonly #page;
  readonly #sweep;

  constructor(database: Database, clock: Clock) {
    const alive = '(expires_at IS NULL OR expires_at > ?)';
    this.#clock = clock;
    this.#get = database
      .prepare<[string, string, number], string>(
        `SELECT value FROM plugin_data WHERE namespace = ? AND key = ? AND ${alive}`,
      )
      .pluck();
    this.#set = database.prepare(
      `INSERT INTO plugin_data (namespace, key, value, expires_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`,
    );
    this.#delete = database.prepare('DELETE FROM plugin_data WHERE namespace = ? AND key = ?');
    this.#clear = database.prepare('DELETE FROM plugin_data WHERE namespace = ?');
    this.#page = database.prepare<[string, string, number, number], { key: string; value: string }>(
      `SELECT key, value FROM plugin_data WHERE namespace = ? AND key > ? AND ${alive} ORDER BY key LIMIT ?`,
    );
    this.#sweep = database.prepare(
      `DELETE FROM plugin_data WHERE (namespace, key) IN
       (SELECT namespace, key FROM plugin_data WHERE expires_at <= ? ORDER BY expires_at LIMIT ${SWEEP})`,
    );
  }

  get(namespace: string, key: string): string | undefined {
    return this.#get.get(namespace, key, this.#clock.now());
  }

  set(namespace: string, key: string, value: string, ttl: number | undefined): void {
    const now = this.#clock.now();
    this.#set.run(namespace, key, value, ttl === undefined ? null : now + ttl);
    if (ttl !== undefined) this.#sweep.run(now);
  }

  delete(namespace: string, key: string): boolean {
    const alive = this.get(namespace, key) !== undefined;
    this.#delete.run(namespace, key);
    return alive;
  }

  clear(namespace: string): void {
    this.#clear.run(namespace);
  }

  /** Up to `limit` values whose keys come after `after`, by key. */
  page(namespace: string, after: string, limit: number): readonly { readonly key: string; readonly value: string }[] {
    return this.#page.all(namespace, after, this.#clock.now(), limit);
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

function adapter(namespace: string, { read, write }: PluginDataAccess): KeyvStoreAdapter {
  return {
    // Keyv offers an iterator only for dialects that it knows.
    opts: { dialect: 'sqlite' },
    get: (key) => read((data) => data.get(namespace, key)) as never,
    getMany: (keys) => read((data) => keys.map((key) => data.get(namespace, key))) as never,
    has: (key) => read((data) => data.get(namespace, key) !== undefined),
    hasMany: (keys) => read((data) => keys.map((key) => data.get(namespace, key) !== undefined)),
    set: (key, value: string, ttl) =>
      write((data) => {
        data.set(namespace, key, value, ttl);
        return true;
      }),
    // Keyv takes an answer for every entry, though its type says otherwise.
    setMany: (entries) =>
      write((data) => {
        for (const { key, value, ttl } of entries) data.set(namespace, key, value, ttl);
        return entries.map(() => true);
      }) as never,
    delete: (key) => write((data) => data.delete(namespace, key)),
    deleteMany: (keys) => write((data) => keys.map((key) => data.delete(namespace, key)).every(Boolean)),
    clear: () => write((data) => data.clear(namespace)),
    async *iterator() {
      let page = await read((data) => data.page(namespace, '', PAGE));
      while (page.length > 0) {
        for (const { key, value } of page) yield [key, value] as never;
        const last = page.at(-1)?.key ?? '';
        page = await read((data) => data.page(namespace, last, PAGE));
      }
    },
    on() {
      return this;
    },
  };
}
