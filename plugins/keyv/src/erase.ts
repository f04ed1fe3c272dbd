import type { ConversationKey, Erased } from '@parley/core';
import { conversationName } from './cell.ts';
import { isWith } from './conversation-index.ts';
import type { Parts } from './parts.ts';
import { removeActivity, removeMessages } from './removal.ts';

/** Deletes all that is kept of a person, conversation by conversation. */
export async function erase(parts: Parts, person: string): Promise<Erased> {
  const { index, inDoubt } = parts;
  const keys = new Set([...index.conversations.ofPerson(person), ...[...inDoubt].filter((key) => isWith(key, person))]);
  let [conversations, messages] = [0, 0];
  for (const key of keys) {
    const erased = await eraseConversation(parts, key);
    conversations += erased.conversations;
    messages += erased.messages;
  }
  return { conversations, messages };
}

/** The conversation's own cell goes last: after a crash in between it is still there to be asked for. */
function eraseConversation(parts: Parts, key: ConversationKey): Promise<Erased> {
  const { cells, locks, index, inDoubt } = parts;
  const name = conversationName(key);
  return locks.run(name, async () => {
    const messages = await removeMessages(parts, key, index.messages.ofConversation(key));
    await removeActivity(parts, key, index.activity.ofConversation(key));
    const conversations = index.conversations.has(key) ? 1 : 0;
    await cells.delete(name);
    index.conversations.remove(key);
    inDoubt.delete(key);
    return { conversations, messages };
  });
}
