import {
  type Archive,
  type ArchivePage,
  type ArchivePart,
  type ArchiveRows,
  type ConversationKey,
  type MessageTotal,
  ParleyError,
} from '@parley/core';
import { archiveReaders } from './archive-reads.ts';
import { type Cell, type ConversationCell, claimName, conversationName, dataName, nameOf, type Taken } from './cell.ts';
import type { Parts } from './parts.ts';
import { countElsewhere } from './removal.ts';
import { remember } from './turn.ts';

type Writers = { readonly [Part in ArchivePart]: (rows: readonly ArchiveRows[Part][]) => Promise<void> };

export function archiveOf(parts: Parts): Archive {
  const readers = archiveReaders(parts);
  const writers = archiveWriters(parts);
  return {
    async read<Part extends ArchivePart>(
      part: Part,
      { after, limit }: { readonly after?: string; readonly limit: number },
    ): Promise<ArchivePage<ArchiveRows[Part]>> {
      const rows: ArchiveRows[Part][] = [];
      let next: string | undefined;
      for await (const placed of readers[part](after === undefined ? undefined : parsePlace(after), limit + 1)) {
        if (rows.length === limit) return { rows, ...(next === undefined ? {} : { next }) };
        rows.push(placed.row);
        next = JSON.stringify(placed.place);
      }
      return { rows };
    },
    write: (part, rows) => writers[part](rows),
  };
}

function parsePlace(cursor: string): readonly (string | number)[] {
  try {
    const place: unknown = JSON.parse(cursor);
    if (Array.isArray(place)) return place as readonly (string | number)[];
  } catch {
    // Not JSON: not ours.
  }
  throw new ParleyError('error.platform.storage.unknown-cursor');
}

function archiveWriters(parts: Parts): Writers {
  const { cells, index } = parts;

  async function add(isThere: boolean, cell: Cell): Promise<void> {
    if (isThere) throw alreadyThere(nameOf(cell));
    await cells.set(nameOf(cell), cell);
  }

  return {
    conversations: (rows) =>
      each(rows, async (document) => {
        const cell = { parley: 'conversation', document, taken: [], messages: [], activity: [] } as const;
        await add(index.conversations.has(document.key), cell);
        index.conversations.put(document);
      }),
    turns: (rows) => writeTurns(parts, rows),
    messages: (rows) =>
      each(rows, async (record) => {
        await add(index.messages.get(record.id) !== undefined, { parley: 'message', version: 1, record });
        index.messages.put(record);
      }),
    activity: (rows) =>
      each(rows, async (record) => {
        await add(index.activity.has(record.id), { parley: 'activity', record });
        index.activity.put(record);
      }),
    totals: (rows) => writeTotals(parts, rows),
    data: (rows) =>
      each(rows, async ({ namespace, key, value, expiresAt }) => {
        const expiry = expiresAt === null ? {} : { expiresAt };
        await cells.set(dataName(namespace, key), { parley: 'data', namespace, key, value, ...expiry });
        index.data.put(namespace, key, expiresAt ?? undefined);
      }),
    claims: (rows) =>
      each(rows, async ({ key, owner, expiresAt }) => {
        await cells.set(claimName(key), { parley: 'claim', key, owner, expiresAt });
        index.claims.set(claimName(key), expiresAt);
      }),
  };
}

async function writeTurns({ cells }: Parts, rows: readonly ArchiveRows['turns'][]): Promise<void> {
  const byConversation = new Map<ConversationKey, Taken[]>();
  for (const { conversation, id, at } of rows) {
    byConversation.set(conversation, [...(byConversation.get(conversation) ?? []), [id, at]]);
  }
  await each([...byConversation], async ([key, taken]) => {
    const cell = await cells.get<ConversationCell>(conversationName(key));
    if (cell === undefined) throw new ParleyError('error.platform.storage.failed');
    await cells.set(conversationName(key), { ...cell, taken: remember(cell.taken, ...taken) });
  });
}

/** Messages that are here are counted; what an archive counts beyond them is of messages that were erased or pruned. */
async function writeTotals(parts: Parts, rows: readonly ArchiveRows['totals'][]): Promise<void> {
  const { totals } = parts.index.messages;
  const byDay = new Map<number, Required<MessageTotal>[]>();
  for (const row of rows) {
    const count = row.count - totals.count(row);
    if (count > 0) byDay.set(row.day, [...(byDay.get(row.day) ?? []), { ...row, count }]);
  }
  for (const [day, beyond] of byDay) {
    await countElsewhere(parts, day, beyond);
    for (const { count, ...group } of beyond) totals.add(group, count);
  }
}

async function each<Row>(rows: readonly Row[], write: (row: Row) => Promise<void>): Promise<void> {
  await Promise.all(rows.map(write));
}

function alreadyThere(name: string): ParleyError {
  return new ParleyError('error.platform.storage.failed', {}, { cause: new Error(`There is ${name} already`) });
}
