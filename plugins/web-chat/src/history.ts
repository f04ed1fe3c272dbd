import {
  type ConversationKey,
  hasContent,
  type MessageOrigin,
  type MessageRecord,
  type PluginContext,
} from '@parley/core';
import type { ResolvedOptions } from './options.ts';
import type { HistoryPage, ShownMessage } from './protocol.ts';

/** Whether a visitor is to see a message: all of theirs, and of ours what has left and what is not forgotten. */
export function isShown(record: MessageRecord): boolean {
  if (!hasContent(record)) return false;
  return record.direction === 'inbound' || record.status === 'sent' || record.status === 'delivered';
}

/** A message as its visitor sees it. */
export function show(record: MessageRecord, { showNames }: Pick<ResolvedOptions, 'showNames'>): ShownMessage {
  const { id, direction, text, sentText = text, media, origin, status, providerId = '', at } = record;
  const common = {
    text: sentText,
    media: media.map(({ url, contentType }) => ({ url, ...(contentType && { contentType }) })),
  };
  if (direction === 'inbound') return { id: pageIdOf(providerId), from: 'visitor', ...common, at };
  const name = nameOf(origin, showNames);
  return {
    id,
    from: origin.kind === 'person' ? 'person' : 'bot',
    ...(name === undefined ? {} : { name }),
    ...common,
    // What was scheduled or held back was said when it left.
    at: record.history.find((entry) => entry.status === 'sent')?.at ?? at,
    ...(status === 'sent' ? { unseen: true } : {}),
  };
}

/** Reads a page of what was said, the newest unless `before` says where to go on. */
export async function readHistory(
  conversation: ConversationKey,
  before: string | undefined,
  messages: PluginContext['messages'],
  options: Pick<ResolvedOptions, 'historyPage' | 'showNames'>,
): Promise<HistoryPage> {
  const { messages: records, next } = await messages.list({
    conversation,
    limit: options.historyPage,
    ...(before === undefined ? {} : { cursor: before }),
  });
  const shown = records.filter(isShown).map((record) => show(record, options));
  // Of one moment, what was stored later comes later: a text stays ahead of its answer.
  const inOrder = shown.toReversed().toSorted((one, other) => one.at - other.at);
  return { messages: inOrder, ...(next === undefined ? {} : { more: next }) };
}

/** The provider id of a text: whose it is, and the id that their page has made. */
export function providerIdOf(visitor: string, pageId: string): string {
  return `${visitor}/${pageId}`;
}

function pageIdOf(providerId: string): string {
  return providerId.slice(providerId.indexOf('/') + 1);
}

function nameOf(origin: MessageOrigin, showNames: ResolvedOptions['showNames']): string | undefined {
  if (origin.kind !== 'person' || showNames === false) return undefined;
  return showNames === true ? origin.name : showNames(origin.name);
}
