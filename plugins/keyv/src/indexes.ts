import {
  type ActivityRecord,
  type ConversationDocument,
  type ConversationKey,
  type ConversationQuery,
  isParked,
  partiesOf,
} from '@parley/core';
import { DataIndex } from './data-index.ts';
import { compare, firstAfter, from, insert, type Place, removeFrom } from './line.ts';
import { MessageIndex } from './message-index.ts';
import { Schedule } from './schedule.ts';

/** All that is known in memory of what is stored, to find it by. */
export interface Index {
  readonly conversations: ConversationIndex;
  readonly messages: MessageIndex;
  readonly activity: ActivityIndex;
  readonly data: DataIndex;
  /** When claims run out, by their cells' names. */
  readonly claims: Schedule;
}

export function emptyIndex(): Index {
  return {
    conversations: new ConversationIndex(),
    messages: new MessageIndex(),
    activity: new ActivityIndex(),
    data: new DataIndex(),
    claims: new Schedule(),
  };
}

export class ConversationIndex {
  readonly due = new Schedule();
  readonly #apps = new Map<ConversationKey, string>();
  readonly #parked = new Set<ConversationKey>();
  #sorted: readonly ConversationKey[] | undefined;

  put(document: ConversationDocument): void {
    const { key, app, dueAt } = document;
    if (!this.#apps.has(key)) this.#sorted = undefined;
    this.#apps.set(key, app);
    this.due.set(key, dueAt);
    if (isParked(document)) this.#parked.add(key);
    else this.#parked.delete(key);
  }

  has(key: ConversationKey): boolean {
    return this.#apps.has(key);
  }

  remove(key: ConversationKey): void {
    this.due.set(key, undefined);
    this.#parked.delete(key);
    if (this.#apps.delete(key)) this.#sorted = undefined;
  }

  /** The conversations with a person, under whatever channel. */
  ofPerson(person: string): readonly ConversationKey[] {
    return [...this.#apps.keys()].filter((key) => isWith(key, person));
  }

  keys({ app, parked, after, limit }: ConversationQuery): ConversationKey[] {
    this.#sorted ??= [...this.#apps.keys()].sort(compare);
    const line = parked === undefined ? this.#sorted : [...this.#parked].sort(compare);
    const found: ConversationKey[] = [];
    for (let place = after === undefined ? 0 : firstAfter(line, after); place < line.length; place++) {
      const key = line[place];
      if (key === undefined || found.length >= limit) break;
      if (app === undefined || this.#apps.get(key) === app) found.push(key);
    }
    return found;
  }
}

/** Whether a conversation is one with this person; `+1` is so of `whatsapp:+1` too. */
export function isWith(key: ConversationKey, person: string): boolean {
  const { theirs } = partiesOf(key);
  return theirs.slice(theirs.indexOf(':') + 1) === person;
}

/** What is known of an activity without reading it. */
interface ActivityEntry extends Place {
  readonly conversation: ConversationKey;
  readonly app: string;
  readonly journey: string | undefined;
  /** Whether there is something of it to redact. */
  hasContent: boolean;
}

export class ActivityIndex {
  readonly #all: ActivityEntry[] = [];
  readonly #entries = new Map<string, ActivityEntry>();

  put({ id, at, conversation, app, journey, data }: ActivityRecord): void {
    const known = this.#entries.get(id);
    const hasContent = data !== undefined;
    if (known !== undefined) {
      known.hasContent = hasContent;
      return;
    }
    const entry: ActivityEntry = { id, at, conversation, app, journey, hasContent };
    this.#entries.set(id, entry);
    insert(this.#all, entry);
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    removeFrom(this.#all, entry);
  }

  get(id: string): Readonly<ActivityEntry> | undefined {
    return this.#entries.get(id);
  }

  ofConversation(key: ConversationKey): readonly string[] {
    return this.#all.filter(({ conversation }) => conversation === key).map(({ id }) => id);
  }

  /** Oldest first, those after a place. */
  *oldest(after?: Place): Generator<Readonly<ActivityEntry>> {
    yield* from(this.#all, after);
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Ids, newest first. */
  find(query: {
    readonly conversation?: ConversationKey;
    readonly journey?: string;
    readonly limit: number;
  }): string[] {
    const { conversation, journey, limit } = query;
    const found: string[] = [];
    for (let index = this.#all.length - 1; index >= 0 && found.length < limit; index--) {
      const entry = this.#all[index];
      if (entry === undefined) break;
      if (conversation !== undefined && entry.conversation !== conversation) continue;
      if (journey === undefined || entry.journey === journey) found.push(entry.id);
    }
    return found;
  }
}
