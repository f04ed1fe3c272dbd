import { type MessageId, type MessageQuery, type MessageRecord, type MessageStore, mergeStatus } from '@parley/core';
import { conversationName, type MessageCell, messageName } from './cell.ts';
import { countFailures } from './failures.ts';
import { cursorOf } from './line.ts';
import type { Parts } from './parts.ts';
import { nextVersion } from './turn.ts';

/** How many messages are read at a time. */
const CHUNK = 200;

/** Messages as cells, found through the index. */
export function messageStore({ rows, locks, index }: Parts): MessageStore {
  async function get(id: MessageId): Promise<MessageRecord | undefined> {
    return (await rows.get<MessageCell>(messageName(id)))?.record;
  }

  return {
    get,

    async getByProviderId(providerId) {
      const id = index.messages.idOf(providerId);
      return id === undefined ? undefined : get(id);
    },

    async applyStatus(id, update) {
      const conversation = index.messages.conversationOf(id);
      if (conversation === undefined) return undefined;
      // The conversation's lock, because its turns move messages too.
      return locks.run(conversationName(conversation), async () => {
        const cell = await rows.get<MessageCell>(messageName(id));
        if (cell === undefined) return undefined;
        const after = mergeStatus(cell.record, update);
        if (after !== cell.record) await rows.put(nextVersion(cell, after));
        index.messages.put(after);
        return { before: cell.record, after };
      });
    },

    async list(query) {
      const messages: MessageRecord[] = [];
      for (const ids of chunks(index.messages.find(query), query)) {
        const found = await rows.getMany<MessageCell>(ids.map(messageName));
        messages.push(...found.map(({ record }) => record).filter((record) => containsText(record, query.text)));
        if (messages.length > query.limit) break;
      }
      const page = messages.slice(0, query.limit);
      const last = page.at(-1);
      return {
        messages: page,
        ...(messages.length > page.length && last !== undefined ? { next: cursorOf(last) } : {}),
      };
    },

    async totals(query) {
      return index.messages.totals.read(query);
    },

    async failures(query) {
      return countFailures(index.messages, query);
    },
  };
}

/** Without a text to look for, one more than the page is all that has to be read. */
function* chunks(ids: Iterable<MessageId>, { text, limit }: MessageQuery): Generator<MessageId[]> {
  const size = text === undefined ? limit + 1 : CHUNK;
  let chunk: MessageId[] = [];
  for (const id of ids) {
    chunk.push(id);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}

function containsText({ text }: MessageRecord, wanted: string | undefined): boolean {
  return wanted === undefined || text.toLowerCase().includes(wanted.toLowerCase());
}
