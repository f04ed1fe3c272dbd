import type { ActivityKind, ActivityQuery, ActivityRecord, ConversationKey } from '@parley/core';
import { from, insert, newest, type Place, removeFrom } from './line.ts';

/** What is known of an activity without reading it. */
interface ActivityEntry extends Place {
  readonly conversation: ConversationKey;
  readonly app: string;
  readonly kind: ActivityKind;
  readonly journey: string | undefined;
  readonly bot: string | undefined;
  /** Whether there is something of it to redact. */
  hasContent: boolean;
}

/** Finds activity without reading it: in memory, and made anew at every start. */
export class ActivityIndex {
  readonly #all: ActivityEntry[] = [];
  readonly #entries = new Map<string, ActivityEntry>();

  put({ id, at, conversation, app, kind, journey, bot, data }: ActivityRecord): void {
    const known = this.#entries.get(id);
    const hasContent = data !== undefined;
    if (known !== undefined) {
      known.hasContent = hasContent;
      return;
    }
    const entry: ActivityEntry = { id, at, conversation, app, kind, journey, bot, hasContent };
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

  /** What matches a query, newest first, after its cursor. */
  *find(query: ActivityQuery): Generator<Place> {
    for (const entry of newest(this.#all, query)) if (matches(entry, query)) yield entry;
  }
}

function matches(entry: ActivityEntry, { app, conversation, journey, kinds, bot }: ActivityQuery): boolean {
  return (
    (app === undefined || entry.app === app) &&
    (conversation === undefined || entry.conversation === conversation) &&
    (journey === undefined || entry.journey === journey) &&
    (kinds === undefined || kinds.includes(entry.kind)) &&
    (bot === undefined || entry.bot === bot)
  );
}
