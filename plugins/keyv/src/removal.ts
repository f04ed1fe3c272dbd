import { type ConversationKey, type MessageId, type MessageTotal, withoutContent } from '@parley/core';
import {
  type ActivityCell,
  activityName,
  type ConversationCell,
  conversationName,
  type MessageCell,
  messageName,
  type TotalsCell,
  totalsName,
} from './cell.ts';
import type { Parts } from './parts.ts';
import { nameOfTotal, totalGroupOf } from './totals-index.ts';

/** How many cells one call of the adapter deletes. */
const CHUNK = 500;

/**
 * Deletes messages of one conversation, whose lock the caller has. Counts them first where totals outlast them, then
 * takes them out of the conversation's cell, from where the next start would bring them back, then deletes them.
 */
export async function removeMessages(parts: Parts, key: ConversationKey, ids: readonly MessageId[]): Promise<number> {
  const { index } = parts;
  const byDay = new Map<number, MessageId[]>();
  for (const id of ids) {
    const entry = index.messages.get(id);
    if (entry === undefined) continue;
    const { day } = totalGroupOf(entry);
    byDay.set(day, [...(byDay.get(day) ?? []), id]);
  }
  let removed = 0;
  for (const [day, some] of byDay) {
    for (let start = 0; start < some.length; start += CHUNK) {
      const chunk = some.slice(start, start + CHUNK);
      await countAsRemoved(parts, day, chunk);
      for (const id of chunk) index.messages.remove(id);
      await changeCell(parts, key, ({ messages, ...cell }) => ({
        ...cell,
        messages: messages.filter(({ record }) => !chunk.includes(record.id)),
      }));
      await finishRemoval(parts, day, chunk);
      removed += chunk.length;
    }
  }
  return removed;
}

async function countAsRemoved(parts: Parts, day: number, ids: readonly MessageId[]): Promise<void> {
  const { index } = parts;
  await changeTotals(parts, day, ({ counted, removing, ...cell }) => {
    // What a failed attempt has counted is not counted again.
    const fresh = ids.filter((id) => !removing.includes(id));
    const groups = fresh.flatMap((id) => index.messages.get(id) ?? []).map(totalGroupOf);
    return {
      ...cell,
      counted: addedUp([...counted, ...groups.map((group) => ({ ...group, count: 1 }))]),
      removing: [...removing, ...fresh],
    };
  });
}

/** Deletes messages that are counted already, and says so. Doing it again changes nothing. */
export async function finishRemoval(parts: Parts, day: number, ids: readonly MessageId[]): Promise<void> {
  await parts.rows.deleteMany(ids.map(messageName));
  await changeTotals(parts, day, ({ removing, ...cell }) => ({
    ...cell,
    removing: removing.filter((id) => !ids.includes(id)),
  }));
}

/** Counts messages that were never here: totals that come from another storage. */
export async function countElsewhere(
  parts: Parts,
  day: number,
  totals: readonly Required<MessageTotal>[],
): Promise<void> {
  await changeTotals(parts, day, ({ counted, ...cell }) => ({ ...cell, counted: addedUp([...counted, ...totals]) }));
}

async function changeTotals(
  { cells, locks }: Parts,
  day: number,
  change: (cell: TotalsCell) => TotalsCell,
): Promise<void> {
  const name = totalsName(day);
  await locks.run(name, async () => {
    const before = await cells.get<TotalsCell>(name);
    await cells.set(name, change(before ?? { parley: 'totals', day, counted: [], removing: [] }));
  });
}

function addedUp(totals: readonly Required<MessageTotal>[]): readonly Required<MessageTotal>[] {
  const sums = new Map<string, Required<MessageTotal>>();
  for (const total of totals) {
    const name = nameOfTotal(total);
    sums.set(name, { ...total, count: (sums.get(name)?.count ?? 0) + total.count });
  }
  return [...sums.values()];
}

/** Deletes activity of one conversation, whose lock the caller has. */
export async function removeActivity(parts: Parts, key: ConversationKey, ids: readonly string[]): Promise<number> {
  const present = ids.filter((id) => parts.index.activity.has(id));
  if (present.length === 0) return 0;
  await changeCell(parts, key, ({ activity, ...cell }) => ({
    ...cell,
    activity: activity.filter(({ record }) => !present.includes(record.id)),
  }));
  for (let start = 0; start < present.length; start += CHUNK) {
    const chunk = present.slice(start, start + CHUNK);
    await parts.rows.deleteMany(chunk.map(activityName));
    for (const id of chunk) parts.index.activity.remove(id);
  }
  return present.length;
}

/** Empties texts and media of messages of one conversation, whose lock the caller has. */
export async function redactMessages(parts: Parts, key: ConversationKey, ids: readonly MessageId[]): Promise<number> {
  const found = await parts.rows.getMany<MessageCell>(ids.map(messageName));
  const redacted = new Map<string, MessageCell>();
  for (const cell of found) {
    const record = withoutContent(cell.record);
    redacted.set(record.id, { ...cell, version: cell.version + 1, record });
  }
  await Promise.all([...redacted.values()].map((cell) => parts.rows.put(cell)));
  for (const { record } of redacted.values()) parts.index.messages.put(record);
  await changeCell(parts, key, ({ messages, ...cell }) => ({
    ...cell,
    messages: messages.map((message) => redacted.get(message.record.id) ?? message),
  }));
  return redacted.size;
}

/** Takes the data out of activity of one conversation, whose lock the caller has. */
export async function redactActivity(parts: Parts, key: ConversationKey, ids: readonly string[]): Promise<number> {
  const found = await parts.rows.getMany<ActivityCell>(ids.map(activityName));
  const redacted = new Map<string, ActivityCell>();
  for (const cell of found) {
    const { data: _, ...record } = cell.record;
    redacted.set(record.id, { ...cell, record });
  }
  await Promise.all([...redacted.values()].map((cell) => parts.rows.put(cell)));
  for (const { record } of redacted.values()) parts.index.activity.put(record);
  await changeCell(parts, key, ({ activity, ...cell }) => ({
    ...cell,
    activity: activity.map((record) => redacted.get(record.record.id) ?? record),
  }));
  return redacted.size;
}

/** Changes the rows that a conversation's cell has from its last turn; writes nothing when it has none. */
async function changeCell(
  { cells }: Parts,
  key: ConversationKey,
  change: (cell: ConversationCell) => ConversationCell,
): Promise<void> {
  const cell = await cells.get<ConversationCell>(conversationName(key));
  if (cell === undefined || cell.messages.length + cell.activity.length === 0) return;
  const changed = change(cell);
  if (JSON.stringify(changed) !== JSON.stringify(cell)) await cells.set(conversationName(key), changed);
}
