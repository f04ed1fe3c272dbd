import type { AuditEntry } from '@parley/api';
import type { Clock, Storage } from '@parley/core';

/** Who has done what in the console and through the API. */
export interface AuditLog {
  add(entry: Omit<AuditEntry, 'id' | 'at'>): Promise<void>;
  list(query: {
    readonly since?: number;
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<{ readonly entries: AuditEntry[]; readonly next?: string }>;
}

/** How long an entry is kept: two years. */
const KEPT = 2 * 366 * 86_400_000;

/** So that the newest has the smallest key, which is how Keyv goes through them. */
const END = 10 ** 15;

export function createAuditLog(
  storage: Pick<Storage, 'keyv'>,
  { clock, newId }: { readonly clock: Pick<Clock, 'now'>; readonly newId: () => string },
): AuditLog {
  const keyv = storage.keyv('console:audit');
  return {
    async add(entry) {
      const at = clock.now();
      const id = newId();
      await keyv.set(`${END - at}:${id}`, { ...entry, id, at } satisfies AuditEntry, KEPT);
    },
    async list({ since = 0, cursor = '', limit }) {
      const entries: AuditEntry[] = [];
      let last = '';
      for await (const [key, entry] of keyv.iterator?.(undefined) ?? []) {
        if (key <= cursor) continue;
        if ((entry as AuditEntry).at < since) break;
        if (entries.length === limit) return { entries, next: last };
        entries.push(entry as AuditEntry);
        last = key as string;
      }
      return { entries };
    },
  };
}
