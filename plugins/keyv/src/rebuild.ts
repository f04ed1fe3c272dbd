import type { ConversationKey, MessageId } from '@parley/core';
import {
  type Cell,
  type ConversationCell,
  claimName,
  conversationName,
  type MessageCell,
  messageName,
  type TotalsCell,
} from './cell.ts';
import type { Parts } from './parts.ts';
import { finishRemoval } from './removal.ts';
import { totalGroupOf } from './totals-index.ts';

/**
 * Reads everything once: fills the index, finishes removals that a crash broke off, and copies the rows that a crash left only
 * in their conversations' cells.
 */
export async function rebuild(parts: Parts): Promise<void> {
  const found: Found = { conversations: new Map(), totals: new Map() };
  for await (const cell of parts.cells.all()) note(parts, cell, found);
  const totals = [...found.totals.values()];
  for (const { counted } of totals) {
    for (const { count, ...group } of counted) parts.index.messages.totals.add(group, count);
  }
  const removed = new Set(totals.flatMap(({ removing }) => removing));
  for (const cell of found.conversations.values()) await replay(parts, await withoutRemoved(parts, cell, removed));
  for (const { day, removing } of totals) {
    if (removing.length === 0) continue;
    for (const id of removing) discard(parts, id);
    await finishRemoval(parts, day, removing);
  }
}

/** What is worked through when everything has been read. By name: some adapters list a key twice (Redis' SCAN). */
interface Found {
  readonly conversations: Map<ConversationKey, ConversationCell>;
  readonly totals: Map<number, TotalsCell>;
}

/** Takes messages that are counted as removed out of a conversation's cell. */
async function withoutRemoved(
  { cells }: Parts,
  cell: ConversationCell,
  removed: ReadonlySet<MessageId>,
): Promise<ConversationCell> {
  const messages = cell.messages.filter(({ record }) => !removed.has(record.id));
  if (messages.length === cell.messages.length) return cell;
  const changed = { ...cell, messages };
  await cells.set(conversationName(cell.document.key), changed);
  return changed;
}

/** Forgets a message that was still found though it is counted as removed. */
function discard({ index }: Parts, id: MessageId): void {
  const entry = index.messages.get(id);
  if (entry === undefined) return;
  index.messages.totals.add(totalGroupOf(entry), -1);
  index.messages.remove(id);
}

function note({ index }: Parts, cell: Cell, { conversations, totals }: Found): void {
  switch (cell.parley) {
    case 'conversation':
      index.conversations.put(cell.document);
      if (cell.messages.length + cell.activity.length > 0) conversations.set(cell.document.key, cell);
      return;
    case 'message':
      index.messages.put(cell.record);
      return;
    case 'activity':
      index.activity.put(cell.record);
      return;
    case 'totals':
      totals.set(cell.day, cell);
      return;
    case 'data':
      index.data.put(cell.namespace, cell.key, cell.expiresAt);
      return;
    case 'claim':
      index.claims.set(claimName(cell.key), cell.expiresAt);
      return;
  }
}

/** Copies what a conversation's cell holds and its rows do not have yet. Doing it again changes nothing. */
export async function replay({ rows, index }: Parts, cell: ConversationCell): Promise<void> {
  const stored = await rows.getMany<MessageCell>(cell.messages.map(({ record }) => messageName(record.id)));
  const versions = new Map(stored.map(({ record, version }) => [record.id, version]));
  const messages = cell.messages.filter(({ record, version }) => version > (versions.get(record.id) ?? 0));
  const activity = cell.activity.filter(({ record }) => !index.activity.has(record.id));
  for (const { record } of messages) index.messages.put(record);
  for (const { record } of activity) index.activity.put(record);
  await rows.copy(cell.document.key, [...messages, ...activity]);
}
