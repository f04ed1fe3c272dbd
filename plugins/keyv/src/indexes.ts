import type { ActivityRecord, ConversationDocument, ConversationKey } from '@parley/core';
import { DataIndex } from './data-index.ts';
import { compare, insert } from './line.ts';
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
  #sorted: readonly ConversationKey[] | undefined;

  put({ key, app, dueAt }: ConversationDocument): void {
    if (!this.#apps.has(key)) this.#sorted = undefined;
    this.#apps.set(key, app);
    this.due.set(key, dueAt);
  }

  keys(query: { readonly app?: string; readonly after?: ConversationKey; readonly limit: number }): ConversationKey[] {
    const { app, after, limit } = query;
    this.#sorted ??= [...this.#apps.keys()].sort(compare);
    const found: ConversationKey[] = [];
    for (const key of this.#sorted) {
      if (found.length >= limit) break;
      if ((after === undefined || key > after) && (app === undefined || this.#apps.get(key) === app)) found.push(key);
    }
    return found;
  }
}

type ActivityEntry = Pick<ActivityRecord, 'id' | 'at' | 'conversation' | 'journey'>;

export class ActivityIndex {
  readonly #all: ActivityEntry[] = [];
  readonly #known = new Set<string>();

  put({ id, at, conversation, journey }: ActivityRecord): void {
    if (this.#known.has(id)) return;
    this.#known.add(id);
    insert(this.#all, { id, at, conversation, ...(journey === undefined ? {} : { journey }) });
  }

  has(id: string): boolean {
    return this.#known.has(id);
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
