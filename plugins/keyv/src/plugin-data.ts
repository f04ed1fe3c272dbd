import Keyv, { type KeyvStoreAdapter } from 'keyv';
import { type DataCell, dataName } from './cell.ts';
import type { Parts } from './parts.ts';

/** How many values that ran out one write clears away. */
const SWEEP = 16;

/** Calls `work` with the parts while the storage is open, and rejects otherwise. */
export type WhileOpen = <Result>(work: (parts: Parts) => Promise<Result>) => Promise<Result>;

/** A Keyv over one namespace. Its times to live run on the runtime's clock. */
export function namespacedKeyv(namespace: string, whileOpen: WhileOpen): Keyv {
  const keyv = new Keyv({
    store: adapter(namespace, whileOpen),
    useKeyPrefix: false,
    throwOnErrors: true,
    emitErrors: false,
  });
  const { serialize } = keyv;
  // Keyv would write the computer's own time into the value and drop it by that; the adapter's word is enough.
  if (serialize !== undefined) keyv.serialize = (data) => serialize({ ...data, expires: undefined });
  return keyv;
}

function adapter(namespace: string, whileOpen: WhileOpen): KeyvStoreAdapter {
  const get = (key: string) => whileOpen((parts) => read(parts, namespace, key));
  const set = (key: string, value: string, ttl?: number) =>
    whileOpen((parts) => write(parts, namespace, key, value, ttl));
  const remove = (key: string) => whileOpen((parts) => forget(parts, namespace, key));
  const keys = () => whileOpen(async ({ index }) => index.data.keys(namespace));
  return {
    // Keyv offers an iterator only for dialects that it knows.
    opts: { dialect: 'sqlite' },
    get: get as never,
    // Without one of ours Keyv takes a read that failed for a value that is not there.
    getMany: (names) => Promise.all(names.map(get)) as never,
    has: async (key) => (await get(key)) !== undefined,
    set,
    delete: remove,
    deleteMany: async (names) => (await Promise.all(names.map(remove))).every(Boolean),
    async clear() {
      await Promise.all((await keys()).map(remove));
    },
    async *iterator() {
      for (const key of await keys()) {
        const value = await get(key);
        if (value !== undefined) yield [key, value] as never;
      }
    },
    on() {
      return this;
    },
  };
}

async function read({ cells, clock }: Parts, namespace: string, key: string): Promise<string | undefined> {
  const cell = await cells.get<DataCell>(dataName(namespace, key));
  return cell === undefined || hasExpired(cell, clock.now()) ? undefined : cell.value;
}

async function write(
  parts: Parts,
  namespace: string,
  key: string,
  value: string,
  ttl: number | undefined,
): Promise<boolean> {
  const { cells, locks, index, clock } = parts;
  const expiresAt = ttl === undefined ? undefined : clock.now() + ttl;
  await locks.run(dataName(namespace, key), async () => {
    const expiry = expiresAt === undefined ? {} : { expiresAt };
    await cells.set(dataName(namespace, key), { parley: 'data', namespace, key, value, ...expiry });
    index.data.put(namespace, key, expiresAt);
  });
  if (ttl !== undefined) await sweep(parts);
  return true;
}

async function forget({ cells, locks, index, clock }: Parts, namespace: string, key: string): Promise<boolean> {
  const name = dataName(namespace, key);
  return locks.run(name, async () => {
    const cell = await cells.get<DataCell>(name);
    if (cell === undefined) return false;
    await cells.delete(name);
    index.data.remove(namespace, key);
    return !hasExpired(cell, clock.now());
  });
}

/** Clears away what has run out, unless it was set anew in the meantime. */
async function sweep({ cells, locks, index, clock }: Parts): Promise<void> {
  const now = clock.now();
  for (const { namespace, key } of index.data.expired(now, SWEEP)) {
    const name = dataName(namespace, key);
    await locks.run(name, async () => {
      const cell = await cells.get<DataCell>(name);
      if (cell === undefined || !hasExpired(cell, now)) return;
      await cells.delete(name);
      index.data.remove(namespace, key);
    });
  }
}

export function hasExpired({ expiresAt }: DataCell, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}
