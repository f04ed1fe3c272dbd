import { ParleyError } from '@parley/core';
import Keyv, { type KeyvOptions, type KeyvStoreAdapter } from 'keyv';
import type { Cell } from './cell.ts';

/** What data can be kept in. */
export type KeyvStore = Keyv | KeyvStoreAdapter | Map<string, unknown>;

/**
 * One Keyv as a set of named cells. Each cell is a string of JSON: writing one is the only thing that is atomic, and
 * what was read or written shares nothing with what is stored.
 */
export class Cells {
  readonly #keyv: Keyv;

  constructor(store: KeyvStore) {
    this.#keyv = alone(store);
    letErrorsThrough(this.#keyv.store as object);
    letKeysBeListed(this.#keyv);
  }

  async get<Kind extends Cell>(name: string): Promise<Kind | undefined> {
    const json = await guarded(() => this.#keyv.get<string>(name));
    return json === undefined ? undefined : (JSON.parse(json) as Kind);
  }

  async getMany<Kind extends Cell>(names: readonly string[]): Promise<readonly (Kind | undefined)[]> {
    if (names.length === 0) return [];
    const found = await guarded(() => this.#keyv.getMany<string>([...names]));
    return found.map((json) => (typeof json === 'string' ? (JSON.parse(json) as Kind) : undefined));
  }

  async set(name: string, cell: Cell): Promise<void> {
    const json = JSON.stringify(cell);
    const stored = await guarded(() => this.#keyv.set(name, json));
    if (!stored) throw new ParleyError('error.platform.storage.failed');
  }

  async delete(name: string): Promise<void> {
    await guarded(() => this.#keyv.delete(name));
  }

  async deleteMany(names: readonly string[]): Promise<void> {
    if (names.length > 0) await guarded(() => this.#keyv.deleteMany([...names]));
  }

  /** Everything that is stored; what others have put into the same store is passed over. */
  async *all(): AsyncGenerator<Cell> {
    const { iterator, store } = this.#keyv;
    if (iterator === undefined) {
      const adapter = String((store as object).constructor.name);
      throw new ParleyError('error.platform.storage.not-iterable', { adapter });
    }
    try {
      for await (const entry of iterator(undefined)) {
        const cell = parseCell((entry as [unknown, unknown])[1]);
        if (cell !== undefined) yield cell;
      }
    } catch (error) {
      throw failed(error);
    }
  }

  async disconnect(): Promise<void> {
    await guarded(() => this.#keyv.disconnect());
  }
}

/**
 * A Keyv of our own over the same store: one that throws instead of answering `undefined` when a read fails, which
 * would look like a conversation that never was, and whose values never run out.
 */
function alone(store: KeyvStore): Keyv {
  if (store instanceof Keyv) {
    // Without a namespace Keyv's iterator cuts keys at the first colon, so there must be no prefix to cut.
    const prefix: KeyvOptions = store.namespace ? {} : { useKeyPrefix: false };
    return new Keyv({ ...store.opts, ...prefix, ttl: 0, throwOnErrors: true, emitErrors: false });
  }
  const keyv = new Keyv({ store, namespace: 'parley', throwOnErrors: true, emitErrors: false });
  if (store instanceof Map) {
    // Our cells are strings already; a Map keeps them as they are.
    keyv.serialize = undefined;
    keyv.deserialize = undefined;
  }
  return keyv;
}

/** Some adapters (Redis) answer a read that failed with `undefined` unless told otherwise: no conversation may begin anew by that. */
function letErrorsThrough(adapter: object): void {
  if ('throwOnErrors' in adapter) adapter.throwOnErrors = true;
}

/** Keyv lists the keys of adapters that it knows by name; those of any other that can list them are as good. */
function letKeysBeListed(keyv: Keyv): void {
  const store = keyv.store as Partial<Pick<KeyvStoreAdapter, 'iterator'>>;
  if (keyv.iterator === undefined && store.iterator !== undefined)
    keyv.iterator = keyv.generateIterator(store.iterator.bind(store) as Parameters<Keyv['generateIterator']>[0]);
}

function parseCell(value: unknown): Cell | undefined {
  if (typeof value !== 'string' || !value.startsWith('{"parley":')) return undefined;
  return JSON.parse(value) as Cell;
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw failed(error);
  }
}

function failed(cause: unknown): ParleyError {
  return cause instanceof ParleyError ? cause : new ParleyError('error.platform.storage.failed', {}, { cause });
}
