import { type Cell, type ConversationCell, claimName, type MessageCell, messageName } from './cell.ts';
import type { Parts } from './parts.ts';

/**
 * Reads everything once: fills the index, and copies the rows that a crash left only in their conversations' cells.
 */
export async function rebuild(parts: Parts): Promise<void> {
  const conversations: ConversationCell[] = [];
  for await (const cell of parts.cells.all()) note(parts, cell, conversations);
  for (const cell of conversations) await replay(parts, cell);
}

function note({ index }: Parts, cell: Cell, conversations: ConversationCell[]): void {
  switch (cell.parley) {
    case 'conversation':
      index.conversations.put(cell.document);
      if (cell.messages.length + cell.activity.length > 0) conversations.push(cell);
      return;
    case 'message':
      index.messages.put(cell.record);
      return;
    case 'activity':
      index.activity.put(cell.record);
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
