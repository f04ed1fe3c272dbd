import {
  type Address,
  type ConversationKey,
  hasContent,
  type MessageId,
  type MessageQuery,
  type MessageRecord,
  type MessageStatus,
} from '@parley/core';
import { from, insert, newest, type Place, removeFrom } from './line.ts';
import { TotalsIndex, totalGroupOf } from './totals-index.ts';

/** What a query needs to know of a message without reading it. */
export interface MessageEntry {
  readonly id: MessageId;
  readonly at: number;
  readonly conversation: ConversationKey;
  readonly app: string;
  readonly ours: Address;
  readonly theirs: Address;
  readonly direction: 'inbound' | 'outbound';
  /** Who said it, if it was a bot. */
  readonly bot: string | undefined;
  readonly notification: string | undefined;
  status: MessageStatus;
  /** The code of what it failed with. */
  code: string | undefined;
  providerId: string | undefined;
  /** Whether there is something of it to redact. */
  hasContent: boolean;
}

/** Finds messages without reading them all: in memory, and made anew at every start. */
export class MessageIndex {
  readonly totals = new TotalsIndex();
  readonly #entries = new Map<MessageId, MessageEntry>();
  readonly #byProviderId = new Map<string, MessageId>();
  readonly #byConversation = new Map<ConversationKey, MessageEntry[]>();
  readonly #all: MessageEntry[] = [];

  /** Notes a message as it is now, new or changed. */
  put(record: MessageRecord): void {
    const { id, at, conversation, app, ours, theirs, direction, origin, status, providerId, error } = record;
    const known = this.#entries.get(id);
    if (known === undefined) {
      const entry: MessageEntry = {
        id,
        at,
        conversation,
        app,
        ours,
        theirs,
        direction,
        bot: origin.kind === 'bot' ? origin.bot : undefined,
        notification: origin.kind === 'notification' ? origin.name : undefined,
        status,
        code: error?.code,
        providerId,
        hasContent: hasContent(record),
      };
      this.#entries.set(id, entry);
      insert(this.#all, entry);
      insert(this.#lineOf(conversation), entry);
    } else {
      this.totals.add(totalGroupOf(known), -1);
      known.status = status;
      known.code = error?.code;
      known.providerId = providerId;
      known.hasContent = hasContent(record);
    }
    this.totals.add(totalGroupOf(record), 1);
    if (providerId !== undefined) this.#byProviderId.set(providerId, id);
  }

  /** Forgets a message that is no longer kept. Its count stays. */
  remove(id: MessageId): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    removeFrom(this.#all, entry);
    const line = this.#lineOf(entry.conversation);
    removeFrom(line, entry);
    if (line.length === 0) this.#byConversation.delete(entry.conversation);
    if (entry.providerId !== undefined && this.#byProviderId.get(entry.providerId) === id) {
      this.#byProviderId.delete(entry.providerId);
    }
  }

  get(id: MessageId): Readonly<MessageEntry> | undefined {
    return this.#entries.get(id);
  }

  ofConversation(key: ConversationKey): readonly MessageId[] {
    return (this.#byConversation.get(key) ?? []).map(({ id }) => id);
  }

  /** Oldest first, those after a place. */
  *oldest(after?: Place): Generator<Readonly<MessageEntry>> {
    yield* from(this.#all, after);
  }

  /** The conversation that a message belongs to. */
  conversationOf(id: MessageId): ConversationKey | undefined {
    return this.#entries.get(id)?.conversation;
  }

  idOf(providerId: string): MessageId | undefined {
    return this.#byProviderId.get(providerId);
  }

  /** The ids that match all of a query but its text, newest first, after its cursor. */
  *find(query: MessageQuery): Generator<MessageId> {
    const line = query.conversation === undefined ? this.#all : (this.#byConversation.get(query.conversation) ?? []);
    for (const entry of newest(line, query)) if (matches(entry, query)) yield entry.id;
  }

  /** Those that have failed in a span of time, newest first. */
  *failed(span: { readonly since: number; readonly until: number }): Generator<Readonly<MessageEntry>> {
    for (const entry of newest(this.#all, span)) if (entry.status === 'failed') yield entry;
  }

  #lineOf(conversation: ConversationKey): MessageEntry[] {
    const line = this.#byConversation.get(conversation) ?? [];
    this.#byConversation.set(conversation, line);
    return line;
  }
}

function matches(entry: MessageEntry, { app, theirs, direction, status, bot, notification }: MessageQuery): boolean {
  return (
    (bot === undefined || entry.bot === bot) &&
    (notification === undefined || entry.notification === notification) &&
    (app === undefined || entry.app === app) &&
    (theirs === undefined || entry.theirs === theirs) &&
    (direction === undefined || entry.direction === direction) &&
    (status === undefined || entry.status === status)
  );
}
