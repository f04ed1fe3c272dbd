import {
  type Address,
  type ConversationKey,
  type MessageId,
  type MessageQuery,
  type MessageRecord,
  type MessageStatus,
  type MessageTotal,
  ParleyError,
} from '@parley/core';
import { compare, comparePlaces, insert, lowerBound, type Place } from './line.ts';

/** What a query needs to know of a message without reading it. */
interface Entry {
  readonly id: MessageId;
  readonly at: number;
  readonly conversation: ConversationKey;
  readonly app: string;
  readonly theirs: Address;
  readonly direction: 'inbound' | 'outbound';
  status: MessageStatus;
  providerId: string | undefined;
}

/** Finds messages without reading them all: in memory, and made anew at every start. */
export class MessageIndex {
  readonly #entries = new Map<MessageId, Entry>();
  readonly #byProviderId = new Map<string, MessageId>();
  readonly #byConversation = new Map<ConversationKey, Entry[]>();
  readonly #totals = new Map<string, MessageTotal>();
  readonly #all: Entry[] = [];

  /** Notes a message as it is now, new or changed. */
  put({ id, at, conversation, app, theirs, direction, status, providerId }: MessageRecord): void {
    const known = this.#entries.get(id);
    if (known === undefined) {
      const entry: Entry = { id, at, conversation, app, theirs, direction, status, providerId };
      this.#entries.set(id, entry);
      insert(this.#all, entry);
      insert(this.#lineOf(conversation), entry);
    } else {
      this.#count(known, -1);
      known.status = status;
      known.providerId = providerId;
    }
    this.#count({ app, direction, status }, 1);
    if (providerId !== undefined) this.#byProviderId.set(providerId, id);
  }

  /** The conversation that a message belongs to. */
  conversationOf(id: MessageId): ConversationKey | undefined {
    return this.#entries.get(id)?.conversation;
  }

  idOf(providerId: string): MessageId | undefined {
    return this.#byProviderId.get(providerId);
  }

  totals(app: string | undefined): readonly MessageTotal[] {
    return [...this.#totals.values()]
      .filter((total) => total.count > 0 && (app === undefined || total.app === app))
      .map((total) => ({ ...total }))
      .sort((one, other) => compare(keyOf(one), keyOf(other)));
  }

  /** The ids that match all of a query but its text, newest first, after its cursor. */
  *find(query: MessageQuery): Generator<MessageId> {
    const line = query.conversation === undefined ? this.#all : (this.#byConversation.get(query.conversation) ?? []);
    const end = endOf(query);
    let index = lowerBound(line, end);
    // Other messages may come in while the caller reads those before: the place is found again by what it held.
    for (let entry = line[--index]; entry !== undefined; entry = line[--index]) {
      if (query.since !== undefined && entry.at < query.since) return;
      if (!matches(entry, query)) continue;
      yield entry.id;
      index = lowerBound(line, entry);
    }
  }

  #lineOf(conversation: ConversationKey): Entry[] {
    const line = this.#byConversation.get(conversation) ?? [];
    this.#byConversation.set(conversation, line);
    return line;
  }

  #count(group: Omit<MessageTotal, 'count'>, by: number): void {
    const { app, direction, status } = group;
    const count = (this.#totals.get(keyOf(group))?.count ?? 0) + by;
    this.#totals.set(keyOf(group), { app, direction, status, count });
  }
}

/** Where the page after this message begins. */
export function cursorOf({ at, id }: Pick<MessageRecord, 'at' | 'id'>): string {
  return `${at}.${id}`;
}

/** The first place that is no longer part of the answer. */
function endOf({ cursor, until }: MessageQuery): Place {
  const byTime: Place = { at: until ?? Number.POSITIVE_INFINITY, id: '' };
  if (cursor === undefined) return byTime;
  const [, at, id] = /^(-?\d+)\.(.+)$/s.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new ParleyError('error.platform.storage.unknown-cursor');
  const byCursor: Place = { at: Number(at), id };
  return comparePlaces(byTime, byCursor) < 0 ? byTime : byCursor;
}

function matches(entry: Entry, { app, theirs, direction, status }: MessageQuery): boolean {
  return (
    (app === undefined || entry.app === app) &&
    (theirs === undefined || entry.theirs === theirs) &&
    (direction === undefined || entry.direction === direction) &&
    (status === undefined || entry.status === status)
  );
}

function keyOf({ app, direction, status }: Omit<MessageTotal, 'count'>): string {
  return `${app}\n${direction}\n${status}`;
}
