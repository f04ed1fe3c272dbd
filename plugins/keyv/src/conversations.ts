import {
  type ConversationKey,
  type ConversationStore,
  type MessageId,
  ParleyError,
  type Turn,
  type TurnCommit,
  type TurnOutcome,
} from '@parley/core';
import { type ConversationCell, conversationName, type MessageCell, messageName, type Taken } from './cell.ts';
import type { Parts } from './parts.ts';
import { replay } from './rebuild.ts';
import { hasTaken, writeTurn } from './turn.ts';

/** Conversations as cells: a turn is one `set`, under a lock of its conversation. */
export function conversationStore(parts: Parts): ConversationStore {
  const { cells, rows, locks, index, inDoubt, clock } = parts;

  async function read(key: ConversationKey): Promise<ConversationCell | undefined> {
    return cells.get<ConversationCell>(conversationName(key));
  }

  /** The stored messages of this conversation whose statuses the commit moves. */
  async function moved(key: ConversationKey, commit: TurnCommit): Promise<ReadonlyMap<MessageId, MessageCell>> {
    const ids = new Set(commit.statuses.map(({ id }) => id).filter((id) => index.messages.conversationOf(id) === key));
    const found = await rows.getMany<MessageCell>([...ids].map(messageName));
    return new Map(found.map((cell) => [cell.record.id, cell]));
  }

  async function write(
    key: ConversationKey,
    before: ConversationCell | undefined,
    commit: TurnCommit,
    once: string | undefined,
  ): Promise<void> {
    for (const { id } of commit.messages) {
      if (index.messages.conversationOf(id) === undefined) continue;
      throw new ParleyError(
        'error.platform.storage.failed',
        {},
        { cause: new Error(`There is a message ${id} already`) },
      );
    }
    const waiting = rows.waiting(key);
    const taken: Taken | undefined = once === undefined ? undefined : [once, clock.now()];
    const written = writeTurn(before, commit, taken, await moved(key, commit), waiting);
    inDoubt.add(key);
    await cells.set(conversationName(key), written.cell);
    inDoubt.delete(key);
    index.conversations.put(written.cell.document);
    for (const { record } of written.messages) index.messages.put(record);
    for (const { record } of written.activity) index.activity.put(record);
    await rows.copy(key, [...written.cell.messages, ...written.cell.activity]);
  }

  /** Makes what the store has the truth, as at a start. */
  async function takeOver(cell: ConversationCell): Promise<void> {
    await replay(parts, cell);
    index.conversations.put(cell.document);
    inDoubt.delete(cell.document.key);
  }

  async function run<Result>(
    key: ConversationKey,
    decide: (document: ConversationCell['document'] | undefined) => Turn<Result>,
    once: string | undefined,
  ): Promise<TurnOutcome<Result>> {
    const before = await read(key);
    if (before !== undefined && inDoubt.has(key)) await takeOver(before);
    if (before !== undefined && once !== undefined && hasTaken(before, once)) return { kind: 'duplicate' };
    const { result, commit } = decide(before?.document);
    if (commit !== undefined) await write(key, before, commit, once);
    return { kind: 'done', result };
  }

  return {
    turn: (key, decide, options) => locks.run(conversationName(key), () => run(key, decide, options?.once)),

    async get(key) {
      return (await read(key))?.document;
    },

    async due(now, limit, leaseUntil) {
      const keys = index.conversations.due.take(now, limit) as readonly ConversationKey[];
      for (const key of keys) index.conversations.due.set(key, leaseUntil);
      return keys;
    },

    async nextDueAt() {
      return index.conversations.due.next();
    },

    async backlog(now, limit) {
      return index.conversations.due.waiting(now, limit);
    },

    async list(query) {
      const keys = index.conversations.keys(query);
      const found = await cells.getMany<ConversationCell>(keys.map(conversationName));
      return found.flatMap((cell) => (cell === undefined ? [] : [cell.document]));
    },
  };
}
