import type { PluginContext } from '@parley/core';
import type { BroadcastRecord } from './progress.ts';
import type { Listed } from './recipient.ts';

/** How long progress is kept, and a list that nobody goes on with: 30 days, in milliseconds. */
const KEPT = 30 * 24 * 3_600_000;

/** So many recipients are stored, and dealt with, together. */
export const CHUNK = 100;

/** One person of a chunk: `undefined` once they were erased. */
export type Chunk = readonly (Listed | null)[];

/** Where broadcasts are kept. */
export interface BroadcastStore {
  get(id: string): Promise<BroadcastRecord | undefined>;
  put(record: BroadcastRecord): Promise<void>;
  /** All that are kept, whatever their state. */
  all(): Promise<readonly BroadcastRecord[]>;
  chunk(id: string, index: number): Promise<Chunk | undefined>;
  putChunk(id: string, index: number, chunk: Chunk): Promise<void>;
  dropChunk(id: string, index: number): Promise<void>;
  /** Notes that a broadcast is not to go on. Apart from its record, which whoever runs it writes. */
  cancel(id: string): Promise<void>;
  cancelled(): Promise<ReadonlySet<string>>;
  isCancelled(id: string): Promise<boolean>;
}

/** Of lists there is a lot: they are apart from the records, which are read one after the other at a start. */
export function createBroadcastStore({
  keyv,
  organization,
}: Pick<PluginContext, 'keyv' | 'organization'>): BroadcastStore {
  const chunks = organization.storage.keyv('plugin:notifications:recipients');

  async function entries<Value>(prefix: string): Promise<readonly [string, Value][]> {
    const found: [string, Value][] = [];
    if (keyv.iterator === undefined) return found;
    for await (const [key, value] of keyv.iterator(undefined) as AsyncIterable<[string, Value]>) {
      if (key.startsWith(prefix)) found.push([key.slice(prefix.length), value]);
    }
    return found;
  }

  return {
    get: (id) => keyv.get<BroadcastRecord>(`broadcast:${id}`),
    async put(record) {
      await keyv.set(`broadcast:${record.id}`, record, KEPT);
    },
    all: async () => (await entries<BroadcastRecord>('broadcast:')).map(([, record]) => record),
    chunk: (id, index) => chunks.get<Chunk>(nameOf(id, index)),
    async putChunk(id, index, chunk) {
      await chunks.set(nameOf(id, index), chunk, KEPT);
    },
    async dropChunk(id, index) {
      await chunks.delete(nameOf(id, index));
    },
    async cancel(id) {
      await keyv.set(`cancelled:${id}`, true, KEPT);
    },
    cancelled: async () => new Set((await entries('cancelled:')).map(([id]) => id)),
    isCancelled: async (id) => (await keyv.get<boolean>(`cancelled:${id}`)) === true,
  };
}

function nameOf(id: string, index: number): string {
  return `${id}:${index}`;
}
