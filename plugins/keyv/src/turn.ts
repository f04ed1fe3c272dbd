import { type MessageId, type MessageRecord, mergeStatus, type TurnCommit } from '@parley/core';
import type { ActivityCell, ConversationCell, MessageCell, Taken } from './cell.ts';
import type { RowCell } from './rows.ts';

/** How many ids of turns a conversation remembers. */
const REMEMBERED = 200;

/** What a commit does, given the rows it refers to: the one cell that is written, and the messages that change. */
export interface Written {
  readonly cell: ConversationCell;
  readonly messages: readonly MessageCell[];
  readonly activity: readonly ActivityCell[];
}

/**
 * Works a commit out, without writing anything.
 *
 * @param before the conversation's cell so far.
 * @param known the messages, by id, whose statuses the commit moves and that are stored already.
 * @param waiting rows of earlier turns that have no cell of their own yet.
 */
export function writeTurn(
  before: ConversationCell | undefined,
  commit: TurnCommit,
  once: Taken | undefined,
  known: ReadonlyMap<MessageId, MessageCell>,
  waiting: readonly RowCell[],
): Written {
  const changed = new Map<MessageId, MessageCell>();
  for (const record of commit.messages) changed.set(record.id, { parley: 'message', version: 1, record });
  for (const { id, update } of commit.statuses) {
    const cell = changed.get(id) ?? known.get(id);
    const record = cell && mergeStatus(cell.record, update);
    if (cell === undefined || record === undefined || record === cell.record) continue;
    changed.set(id, nextVersion(cell, record));
  }
  const messages = [...changed.values()];
  const activity = commit.activity.map((record): ActivityCell => ({ parley: 'activity', record }));
  return {
    messages,
    activity,
    cell: {
      parley: 'conversation',
      document: commit.document,
      taken: remember(before?.taken ?? [], ...(once === undefined ? [] : [once])),
      messages: [
        ...waiting.filter((row) => row.parley === 'message' && !changed.has(row.record.id)),
        ...messages,
      ] as MessageCell[],
      activity: [...waiting.filter((row) => row.parley === 'activity'), ...activity],
    },
  };
}

export function nextVersion(cell: MessageCell, record: MessageRecord): MessageCell {
  return { parley: 'message', version: cell.version + 1, record };
}

/** The last ids and one more. */
export function remember(taken: ConversationCell['taken'], ...more: readonly Taken[]): ConversationCell['taken'] {
  return [...taken, ...more].slice(-REMEMBERED);
}

/** Whether a turn was taken in under this id. */
export function hasTaken({ taken }: ConversationCell, once: string): boolean {
  return taken.some((entry) => (typeof entry === 'string' ? entry : entry[0]) === once);
}
