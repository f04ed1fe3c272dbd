import type { ConversationKey, MessageId, MessageStatus, Pruned, PruneRequest } from '@parley/core';
import { conversationName } from './cell.ts';
import type { Parts } from './parts.ts';
import { redactActivity, redactMessages, removeActivity, removeMessages } from './removal.ts';

/** A row that is old enough. */
interface Old {
  readonly id: string;
  readonly conversation: ConversationKey;
}

/** Deletes or redacts one batch, conversation by conversation. */
export async function prune(parts: Parts, request: PruneRequest): Promise<Pruned> {
  const old = firstOld(parts, request);
  const batch = old.slice(0, request.limit);
  const byConversation = new Map<ConversationKey, string[]>();
  for (const { id, conversation } of batch) {
    byConversation.set(conversation, [...(byConversation.get(conversation) ?? []), id]);
  }
  let rows = 0;
  for (const [key, ids] of byConversation) {
    rows += await parts.locks.run(conversationName(key), () => change(parts, request, key, ids));
  }
  return { rows, done: old.length <= request.limit };
}

/** The oldest that there is something to do with: one more than a batch, to know whether anything is left. */
function firstOld({ index }: Parts, request: PruneRequest): readonly Old[] {
  const found: Old[] = [];
  const entries = request.what === 'messages' ? index.messages.oldest() : index.activity.oldest();
  for (const entry of entries) {
    if (entry.at >= request.before || found.length > request.limit) break;
    if (isWanted(entry, request)) found.push(entry);
  }
  return found;
}

interface Entry extends Old {
  readonly app: string;
  readonly status?: MessageStatus;
  readonly hasContent: boolean;
}

function isWanted({ app, status, hasContent }: Entry, request: PruneRequest): boolean {
  if (request.app !== undefined && app !== request.app) return false;
  return status !== 'pending' && (request.mode === 'delete' || hasContent);
}

function change(
  parts: Parts,
  { what, mode }: PruneRequest,
  key: ConversationKey,
  ids: readonly string[],
): Promise<number> {
  if (what === 'activity') {
    return mode === 'delete' ? removeActivity(parts, key, ids) : redactActivity(parts, key, ids);
  }
  const messages = ids as readonly MessageId[];
  return mode === 'delete' ? removeMessages(parts, key, messages) : redactMessages(parts, key, messages);
}
