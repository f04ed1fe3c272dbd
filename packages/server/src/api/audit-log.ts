import type { AuditEntry } from '@parley/api';
import { type Clock, ParleyError, type Storage } from '@parley/core';

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

/** Entries of one month (`2026-11`) are in a place of their own, so that reading the newest does not read all. */
export function createAuditLog(
  storage: Pick<Storage, 'keyv'>,
  { clock, newId }: { readonly clock: Pick<Clock, 'now'>; readonly newId: () => string },
): AuditLog {
  const keyvOf = (month: string) => storage.keyv(`console:audit:${month}`);

  /** Newest first: ids sort by time. */
  async function entriesOf(month: string): Promise<readonly AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for await (const [, entry] of keyvOf(month).iterator?.(undefined) ?? []) entries.push(entry as AuditEntry);
    return entries.sort((one, other) => other.at - one.at || (other.id < one.id ? -1 : 1));
  }

  return {
    async add(entry) {
      const at = clock.now();
      const id = newId();
      await keyvOf(monthOf(at)).set(id, { ...entry, id, at } satisfies AuditEntry, KEPT);
    },
    async list({ since = 0, cursor, limit }) {
      const now = clock.now();
      const { at: from, id: after } = cursor === undefined ? { at: now, id: undefined } : parseCursor(cursor);
      const found: AuditEntry[] = [];
      for (const month of monthsBack(Math.min(from, now), Math.max(since, now - KEPT))) {
        const entries = await entriesOf(month);
        // That of the page before is in the first month, or nowhere: then nothing is passed over.
        const start = entries.findIndex(({ id }) => id === after) + 1;
        found.push(...entries.slice(start).filter(({ at }) => at >= since));
        if (found.length > limit) break;
      }
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        entries: page,
        ...(found.length > limit && last !== undefined ? { next: `${last.at}.${last.id}` } : {}),
      };
    },
  };
}

/** UTC. */
function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** From that of one moment back to that of an earlier one. */
function monthsBack(from: number, until: number): readonly string[] {
  const months: string[] = [];
  const date = new Date(from);
  date.setUTCDate(1);
  while (monthOf(date.getTime()) >= monthOf(until)) {
    months.push(monthOf(date.getTime()));
    date.setUTCMonth(date.getUTCMonth() - 1);
  }
  return months;
}

function parseCursor(cursor: string): { readonly at: number; readonly id: string } {
  const [, at, id] = /^(\d{1,16})\.(\w+)$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new ParleyError('error.platform.storage.unknown-cursor');
  return { at: Number(at), id };
}
