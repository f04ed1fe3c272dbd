import type {
  ActivityRecord,
  ConversationDocument,
  ConversationKey,
  MessageId,
  MessageRecord,
  MessageTotal,
} from '@parley/core';

/**
 * What is stored under one key. `parley` comes first, says what kind of cell it is, and tells ours from whatever else
 * is in the same store. Each holds its own name: some adapters change keys on the way.
 */
export type Cell = ConversationCell | MessageCell | ActivityCell | TotalsCell | DataCell | ClaimCell;

/**
 * A conversation, and what its last turns wrote besides. One `set` is all that an adapter does atomically, so a turn
 * is one `set` of this; the rows are then copied to cells of their own, and again at the next start.
 */
export interface ConversationCell {
  readonly parley: 'conversation';
  readonly document: ConversationDocument;
  /** The ids of the last turns, oldest first. Version 0.1 wrote an id without its moment. */
  readonly taken: readonly (Taken | string)[];
  readonly messages: readonly MessageCell[];
  readonly activity: readonly ActivityCell[];
}

/** An id under which a turn was taken in, and when. */
export type Taken = readonly [id: string, at: number];

export interface MessageCell {
  readonly parley: 'message';
  /** Grows with every change, so that a copy of an older one is recognised. */
  readonly version: number;
  readonly record: MessageRecord;
}

export interface ActivityCell {
  readonly parley: 'activity';
  readonly record: ActivityRecord;
}

/**
 * How many messages of one day there were that are no longer kept: totals outlast them. The same `set` that counts
 * messages names them, so that a crash before they are deleted counts none of them twice.
 */
export interface TotalsCell {
  readonly parley: 'totals';
  /** Milliseconds since the epoch. */
  readonly day: number;
  readonly counted: readonly Required<MessageTotal>[];
  /** Messages that are counted here and may not be deleted yet. */
  readonly removing: readonly MessageId[];
}

/** A value of a plugin. */
export interface DataCell {
  readonly parley: 'data';
  readonly namespace: string;
  readonly key: string;
  /** As Keyv has serialised it. */
  readonly value: string;
  readonly expiresAt?: number;
}

export interface ClaimCell {
  readonly parley: 'claim';
  readonly key: string;
  readonly owner: string;
  readonly expiresAt: number;
}

/** Where a cell is stored. */
export function nameOf(cell: Cell): string {
  switch (cell.parley) {
    case 'conversation':
      return conversationName(cell.document.key);
    case 'message':
      return messageName(cell.record.id);
    case 'activity':
      return activityName(cell.record.id);
    case 'totals':
      return totalsName(cell.day);
    case 'data':
      return dataName(cell.namespace, cell.key);
    case 'claim':
      return claimName(cell.key);
  }
}

export const conversationName = (key: ConversationKey): string => `conversation/${key}`;
export const messageName = (id: string): string => `message/${id}`;
export const activityName = (id: string): string => `activity/${id}`;
export const totalsName = (day: number): string => `totals/${day}`;
export const claimName = (key: string): string => `claim/${key}`;

/** The namespace is escaped, so that no two pairs of namespace and key share a name. */
export const dataName = (namespace: string, key: string): string => `data/${encodeURIComponent(namespace)}/${key}`;
