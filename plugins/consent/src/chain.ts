import { type Address, personOf } from '@parley/core';
import type Keyv from 'keyv';
import { NOTHING_BEFORE, type OpenLink, openLink, type StoredLink } from './link.ts';
import { applied, type State } from './state.ts';

/** Where a person's chain ends, and what holds for them: all that a check at send time has to read. */
export interface Head {
  readonly length: number;
  /** Of the last link; zeros before the first. */
  readonly hash: string;
  /** When the last link was appended. */
  readonly recordedAt: number;
  /** Until when everything of the chain is kept. */
  readonly keptUntil: number;
  readonly state: State;
  /** What is being appended. Still there after a crash, it is for the next append to finish. */
  readonly pending?: Pending;
}

export interface Pending extends Place {
  readonly id: string;
}

/** Where an entry is to be found; kept by its id. */
export interface Place {
  readonly sequence: number;
  readonly hash: string;
}

export const EMPTY: Head = { length: 0, hash: NOTHING_BEFORE, recordedAt: 0, keptUntil: 0, state: {} };

/** The keys of the ledger among the plugin's data. A person is named without the channel. */
export const keys = {
  head: (person: string): string => `head ${person}`,
  link: (person: string, hash: string): string => `link ${person} ${hash}`,
  place: (person: string, id: string): string => `id ${person} ${id}`,
} as const;

/** How many values of a chain are read or written at a time. */
export const BATCH = 100;

/** What a key of the ledger names: its kind, the person, and a hash or an id. */
export function partsOfKey(key: string): readonly [kind: string, person: string, rest: string] {
  const [kind = '', person = ''] = key.split(' ', 2);
  return [kind, person, key.slice(kind.length + person.length + 2)];
}

/** The head after one more link. */
export function headAfter({ pending: _, ...head }: Head, { link, hash }: OpenLink): Head {
  const { kind, recordedAt, keptUntil } = link;
  return {
    length: link.sequence,
    hash,
    recordedAt,
    keptUntil: Math.max(head.keptUntil, keptUntil),
    state: kind === 'erased' ? head.state : applied(head.state, { ...link, kind }, hash),
  };
}

/** Reads chains. */
export class Chains {
  readonly #keyv: Keyv;

  constructor(keyv: Keyv) {
    this.#keyv = keyv;
  }

  head(address: Address): Promise<Head> {
    return this.headOf(personOf(address));
  }

  /** @param person without a channel. */
  async headOf(person: string): Promise<Head> {
    return (await this.#keyv.get<Head>(keys.head(person))) ?? EMPTY;
  }

  /** Where the entries with these ids are, as far as that is known. */
  async places(person: string, ids: readonly string[]): Promise<readonly (Place | undefined)[]> {
    const places: (Place | undefined)[] = [];
    for (let from = 0; from < ids.length; from += BATCH) {
      const wanted = ids.slice(from, from + BATCH).map((id) => keys.place(person, id));
      places.push(...(await this.#keyv.get<Place>(wanted)));
    }
    return places;
  }

  /** Whether something is still there. */
  has(key: string): Promise<boolean> {
    return this.#keyv.has(key);
  }

  /** All that the ledger keeps, in no order. */
  async *everything(): AsyncGenerator<readonly [key: string, value: unknown]> {
    const entries = this.#keyv.iterator?.(undefined) as AsyncIterable<[string, unknown]> | undefined;
    if (entries !== undefined) yield* entries;
  }

  /** Everybody of whom there is something, with the end of their chain. */
  async *people(): AsyncGenerator<readonly [person: string, head: Head]> {
    for await (const [key, value] of this.everything()) {
      const [kind, person] = partsOfKey(key);
      if (kind === 'head') yield [person, value as Head];
    }
  }

  /** The link of a hash; `undefined` if it is gone or is not what it was. */
  async link(person: string, hash: string): Promise<OpenLink | undefined> {
    return openLink(await this.#keyv.get<StoredLink>(keys.link(person, hash)), hash);
  }

  /**
   * The links of a chain, last first, down to the first or to one that is gone or damaged: then the sequence breaks off, and it is for the
   * caller to notice.
   */
  async *backwards(person: string, { length, hash }: Pick<Head, 'length' | 'hash'>): AsyncGenerator<OpenLink> {
    let wanted = hash;
    for (let left = length; left > 0; left--) {
      const open = await this.link(person, wanted);
      if (open === undefined) return;
      yield open;
      wanted = open.link.previous;
    }
  }

  /** The links of a chain, first first. */
  async all(person: string, head: Pick<Head, 'length' | 'hash'>): Promise<readonly OpenLink[]> {
    const links: OpenLink[] = [];
    for await (const open of this.backwards(person, head)) links.push(open);
    return links.reverse();
  }

  /** Whether the link at this place is part of the chain that ends at `head`. */
  async includes(person: string, head: Head, { sequence, hash }: Place): Promise<boolean> {
    if (sequence > head.length) return false;
    for await (const open of this.backwards(person, head)) {
      if (open.link.sequence <= sequence) return open.hash === hash;
    }
    return false;
  }
}
