import {
  type ConversationDocument,
  type ConversationKey,
  type ConversationQuery,
  isParked,
  partiesOf,
  personOf,
} from '@parley/core';
import { compare, firstAfter } from './line.ts';
import { Schedule } from './schedule.ts';

/** Finds conversations without reading them: by key, by what has become of them, by person, by when they are due. */
export class ConversationIndex {
  readonly due = new Schedule();
  readonly #apps = new Map<ConversationKey, string>();
  readonly #parked = new Set<ConversationKey>();
  readonly #handedOver = new Set<ConversationKey>();
  #sorted: readonly ConversationKey[] | undefined;
  /** Number and key of each. */
  #byPerson: readonly string[] | undefined;

  put(document: ConversationDocument): void {
    const { key, app, dueAt } = document;
    if (!this.#apps.has(key)) this.#forgetOrder();
    this.#apps.set(key, app);
    this.due.set(key, dueAt);
    if (isParked(document)) this.#parked.add(key);
    else this.#parked.delete(key);
    if (document.handoff !== undefined) this.#handedOver.add(key);
    else this.#handedOver.delete(key);
  }

  has(key: ConversationKey): boolean {
    return this.#apps.has(key);
  }

  remove(key: ConversationKey): void {
    this.due.set(key, undefined);
    this.#parked.delete(key);
    this.#handedOver.delete(key);
    if (this.#apps.delete(key)) this.#forgetOrder();
  }

  /** The conversations with a person, under whatever channel. */
  ofPerson(person: string): readonly ConversationKey[] {
    return [...this.#apps.keys()].filter((key) => isWith(key, person));
  }

  keys(query: ConversationQuery): ConversationKey[] {
    const found: ConversationKey[] = [];
    const candidates =
      query.person === undefined ? this.#fromKey(query) : this.#fromPerson(personOf(query.person), query.after);
    for (const key of candidates) {
      if (found.length >= query.limit) break;
      if (this.#matches(key, query)) found.push(key);
    }
    return found;
  }

  *#fromKey({ parked, handedOver, after }: ConversationQuery): Generator<ConversationKey> {
    const line = this.#lineOf(parked, handedOver);
    for (let place = after === undefined ? 0 : firstAfter(line, after); place < line.length; place++) {
      yield line[place] as ConversationKey;
    }
  }

  /** The few that are parked or handed over are sorted as they are asked for. */
  #lineOf(parked: true | undefined, handedOver: true | undefined): readonly ConversationKey[] {
    if (parked !== undefined) return [...this.#parked].sort(compare);
    if (handedOver !== undefined) return [...this.#handedOver].sort(compare);
    this.#sorted ??= [...this.#apps.keys()].sort(compare);
    return this.#sorted;
  }

  *#fromPerson(prefix: string, after: ConversationKey | undefined): Generator<ConversationKey> {
    this.#byPerson ??= [...this.#apps.keys()].map(byPerson).sort(compare);
    const line = this.#byPerson;
    const reached = after === undefined ? '' : byPerson(after);
    for (let place = firstAfter(line, reached > prefix ? reached : prefix); place < line.length; place++) {
      const name = line[place] as string;
      if (!name.startsWith(prefix)) return;
      yield name.slice(name.indexOf('\n') + 1) as ConversationKey;
    }
  }

  #matches(key: ConversationKey, { app, parked, handedOver }: ConversationQuery): boolean {
    return (
      (app === undefined || this.#apps.get(key) === app) &&
      (parked === undefined || this.#parked.has(key)) &&
      (handedOver === undefined || this.#handedOver.has(key))
    );
  }

  #forgetOrder(): void {
    this.#sorted = undefined;
    this.#byPerson = undefined;
  }
}

/** Whether a conversation is one with this person; `+1` is so of `whatsapp:+1` too. */
export function isWith(key: ConversationKey, person: string): boolean {
  return personIn(key) === person;
}

function personIn(key: ConversationKey): string {
  return personOf(partiesOf(key).theirs);
}

/** A conversation's place among all by number and then by key. */
function byPerson(key: ConversationKey): string {
  return `${personIn(key)}\n${key}`;
}
