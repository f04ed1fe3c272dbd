import { type Storage, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { ledgerOn, type World } from './ledger.ts';

/** A process that dies after so many writes, and the storage that it leaves behind. */
export async function dyingWorld(
  clock: World['clock'],
  survives: number,
): Promise<{ readonly storage: Storage; readonly dying: Pick<World, 'ledger'> }> {
  const storage = memoryStorage();
  await storage.open({ clock, log: silentLog });
  let left = survives;
  /** Counts what is written; from some write on, nothing is. */
  const write = <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) => {
    return async (...args: Args) => {
      if (left-- <= 0) throw new Error('dead');
      return work(...args);
    };
  };
  const keyv = storage.keyv('plugin:consent');
  const set = write(keyv.set.bind(keyv));
  keyv.set = set as typeof keyv.set;
  keyv.setMany = (async (values: readonly { key: string; value: unknown; ttl?: number }[]) => {
    for (const { key, value, ttl } of values) await set(key, value, ttl);
    return values.map(() => true);
  }) as typeof keyv.setMany;
  keyv.delete = write(keyv.delete.bind(keyv)) as typeof keyv.delete;
  const claim = write((key: string, owner: string, ttl: number) => storage.claim(`consent:${key}`, owner, ttl));
  const release = write((key: string, owner: string) => storage.release(`consent:${key}`, owner));
  return { storage, dying: ledgerOn(storage, clock, { keyv, claim, release }) };
}
