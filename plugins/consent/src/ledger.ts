import { randomBytes } from 'node:crypto';
import {
  type Address,
  type Clock,
  type ConsentEntry,
  type Log,
  maskAddress,
  ParleyError,
  type PluginContext,
  personOf,
} from '@parley/core';
import { BATCH, Chains, EMPTY, type Head, headAfter, keys, type Pending, type Place } from './chain.ts';
import {
  type Content,
  contentAgain,
  contentOf,
  entryOf,
  isSameStatement,
  makeLink,
  type OpenLink,
  type Part,
  type StoredLink,
} from './link.ts';
import { createLock, type Hold, type Lock } from './lock.ts';

/** What the ledger needs of the world. */
export interface LedgerContext extends Pick<PluginContext, 'keyv' | 'claim' | 'release' | 'newId'> {
  readonly clock: Clock;
  readonly log: Log;
}

/** An entry and where it stands. */
export interface RecordedConsent extends ConsentEntry {
  /** Its place in the person's chain, from 1 on. Numbers are missing where it is recorded that something was erased. */
  readonly sequence: number;
  /** When it was recorded, milliseconds since the epoch. */
  readonly recordedAt: number;
  /** Until when it is kept at least, as far as was known then. */
  readonly keptUntil: number;
  /** SHA-256 of the link, hexadecimal. */
  readonly hash: string;
}

/** Whether an entry was new. */
export type Outcome = 'recorded' | 'known';

/** Entries are kept for up to a tenth longer than they have to be, so that a chain is written anew once in a while and not at each entry. */
const SLACK = 1.1;

/** For how long a place in a chain stays taken by the first that asked: longer than anybody is paused and goes on. */
const PLACE_TIME = 7 * 24 * 3_600_000;

/** Asks who has a place without taking it for longer than the question. */
const NOBODY = 'nobody';

/**
 * The ledger: a chain of hashes for each person, appended to by one process at a time.
 *
 * An append writes (1) into the head what is coming, (2) the link under its own hash, with the place of its id, (3) by an atomic claim, that
 * the place in the chain is this link's, (4) the head. A process that dies in between leaves something pending, which the next append finishes.
 * One that was paused and goes on when its lock is over finds its place taken, and takes the next; no link is ever written over another.
 */
export class Ledger {
  readonly chains: Chains;
  readonly #context: LedgerContext;
  readonly #keepFor: number;
  readonly #lock: Lock;

  /** @param keepFor in milliseconds. */
  constructor(context: LedgerContext, keepFor: number) {
    this.#context = context;
    this.#keepFor = keepFor;
    this.chains = new Chains(context.keyv);
    this.#lock = createLock(context, context.clock, context.newId);
  }

  /** @throws `error.platform.consent.conflict` */
  async append(entry: ConsentEntry): Promise<Outcome> {
    const person = personOf(entry.person);
    const content = contentOf(entry, newSalt);
    return this.#alone(person, (hold) => this.#append(person, content, hold));
  }

  /** The entries of a person in the order of recording, without what was erased of them. */
  async of(address: Address): Promise<readonly RecordedConsent[]> {
    return recordedIn(await this.chains.all(personOf(address), await this.chains.head(address)));
  }

  /** Erases parts of a person's entries, and records that. */
  async erase(person: string, parts: readonly Part[]): Promise<void> {
    await this.#alone(person, (hold) => this.#erase(person, parts, hold));
  }

  #alone<Result>(person: string, work: (hold: Hold) => Promise<Result>): Promise<Result> {
    return this.#lock.run(`lock ${person}`, work, () => this.#catchUp(person));
  }

  async #append(person: string, content: Content, hold: Hold): Promise<Outcome> {
    const { keyv } = this.#context;
    const { id } = content.fields;
    const [found, place] = (await keyv.get([keys.head(person), keys.place(person, id)])) as [Head?, Place?];
    let head = found ?? EMPTY;
    let known = place;
    if (head.pending !== undefined) {
      head = await this.#finish(person, head, head.pending, hold);
      known = await keyv.get<Place>(keys.place(person, id));
    }
    if (known !== undefined && (await this.chains.includes(person, head, known))) {
      requireSame(await this.chains.link(person, known.hash), content);
      return 'known';
    }
    return this.#add(person, head, content, hold);
  }

  /** Adds a link at the end of a chain, after all that others have added there meanwhile. */
  async #add(person: string, end: Head, content: Content, hold: Hold): Promise<Outcome> {
    const { keyv } = this.#context;
    let head = end;
    for (;;) {
      const link = await this.#makeLink(person, head, content);
      const { sequence, keptUntil } = link.link;
      const place: Place = { sequence, hash: link.hash };
      const ttl = this.#timeToLive(keptUntil);
      hold.check();
      await keyv.set(keys.head(person), { ...head, pending: { ...place, id: content.fields.id } }, ttl);
      await this.#write(person, link, ttl);
      const winner = await this.#take(person, place);
      if (winner === place.hash) {
        hold.check();
        await this.#setHead(person, headAfter(head, link));
        return 'recorded';
      }
      await keyv.delete(keys.link(person, place.hash));
      const other = await this.chains.link(person, winner);
      head = await this.#follow(person, head, winner, other);
      if (other?.link.id !== content.fields.id) continue;
      requireSame(other, content);
      await this.#setHead(person, head);
      return 'known';
    }
  }

  async #makeLink(person: string, head: Head, content: Content): Promise<OpenLink> {
    const now = this.#context.clock.now();
    const lasts = head.keptUntil - now >= this.#keepFor;
    // What says that something was erased is no reason to keep the rest for longer.
    const keptUntil = lasts || content.fields.kind === 'erased' ? head.keptUntil : now + this.#keepFor * SLACK;
    if (keptUntil > head.keptUntil) await this.#keepUntil(person, head, keptUntil);
    return makeLink(content, {
      sequence: head.length + 1,
      previous: head.hash,
      recordedAt: Math.max(now, head.recordedAt),
      keptUntil,
    });
  }

  /** Writes the links of a chain anew, to be kept for longer. */
  async #keepUntil(person: string, head: Head, keptUntil: number): Promise<void> {
    const links = await this.chains.all(person, head);
    const ttl = this.#timeToLive(keptUntil);
    const values = links.flatMap((link) => valuesOf(person, link)).map((value) => ({ ...value, ttl }));
    for (let from = 0; from < values.length; from += BATCH) {
      await this.#context.keyv.setMany(values.slice(from, from + BATCH));
    }
  }

  #write(person: string, link: OpenLink, ttl: number): Promise<unknown> {
    return this.#context.keyv.setMany(valuesOf(person, link).map((value) => ({ ...value, ttl })));
  }

  /** Takes a place in a chain for a link; answers with the hash of the link that has it. */
  async #take(person: string, { sequence, hash }: Place): Promise<string> {
    for (;;) {
      const winner = await this.#context.claim(`place ${person} ${sequence}`, hash, PLACE_TIME);
      if (winner !== NOBODY) return winner;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async #setHead(person: string, head: Head): Promise<void> {
    await this.#context.keyv.set(keys.head(person), head, this.#timeToLive(head.keptUntil));
  }

  #timeToLive(until: number): number {
    return Math.max(1, Math.ceil(until - this.#context.clock.now()));
  }

  /** The head after a link of somebody else; one that is gone is left for verification to find, as what is said now must not be lost. */
  async #follow(person: string, head: Head, hash: string, link: OpenLink | undefined): Promise<Head> {
    if (link !== undefined) return headAfter(head, link);
    this.#context.log.error({ person: maskAddress(person), sequence: head.length + 1 }, 'an entry is gone');
    const { pending: _, ...rest } = head;
    return { ...rest, length: head.length + 1, hash };
  }

  /** Finishes what a process that has died was about to append. */
  async #finish(person: string, head: Head, pending: Pending, hold: Hold): Promise<Head> {
    const { keyv } = this.#context;
    const link = await this.chains.link(person, pending.hash);
    const { pending: _, ...rest } = head;
    if (link === undefined || link.link.previous !== head.hash) {
      // Nobody was told that it is recorded.
      await keyv.delete(keys.place(person, pending.id));
      return rest;
    }
    const winner = await this.#take(person, pending);
    if (winner === pending.hash) {
      const next = headAfter(head, link);
      await this.#write(person, link, this.#timeToLive(next.keptUntil));
      await this.#setHead(person, next);
      return next;
    }
    const next = await this.#follow(person, head, winner, await this.chains.link(person, winner));
    await this.#add(person, next, contentAgain(link), hold);
    await keyv.delete(keys.link(person, pending.hash));
    return (await keyv.get<Head>(keys.head(person))) ?? EMPTY;
  }

  /** Brings a head up to date that somebody who came late may have set back. */
  async #catchUp(person: string): Promise<void> {
    const { keyv, claim, release } = this.#context;
    const start = (await keyv.get<Head>(keys.head(person))) ?? EMPTY;
    let head = start;
    for (;;) {
      const place = `place ${person} ${head.length + 1}`;
      const winner = await claim(place, NOBODY, 1);
      if (winner === NOBODY) {
        await release(place, NOBODY);
        break;
      }
      head = await this.#follow(person, head, winner, await this.chains.link(person, winner));
    }
    if (head !== start) await this.#setHead(person, head);
  }

  async #erase(person: string, parts: readonly Part[], hold: Hold): Promise<void> {
    const { keyv, clock, newId } = this.#context;
    const found = (await keyv.get<Head>(keys.head(person))) ?? EMPTY;
    const head = found.pending === undefined ? found : await this.#finish(person, found, found.pending, hold);
    const links = await this.chains.all(person, head);
    const full = links.filter(({ stored }) => parts.some((part) => stored[part] !== undefined));
    const [first] = full;
    if (first === undefined) return;
    const fields = { kind: 'erased', id: `erased ${newId()}`, at: clock.now(), erased: parts } as const;
    // Ahead of the erasure itself: one that is cut short can be made again, one that nobody knows of looks like a theft.
    await this.#add(person, head, { fields: { ...fields, person: first.link.person } }, hold);
    const ttl = this.#timeToLive(head.keptUntil);
    for (const { hash, stored } of full) {
      const kept = Object.entries(stored).filter(([name]) => !parts.includes(name as Part));
      await keyv.set(keys.link(person, hash), Object.fromEntries(kept) as unknown as StoredLink, ttl);
    }
  }
}

/** The entries among the links of a chain. */
export function recordedIn(links: readonly OpenLink[]): readonly RecordedConsent[] {
  return links.flatMap((open) => {
    const entry = entryOf(open);
    const { sequence, recordedAt, keptUntil } = open.link;
    return entry === undefined ? [] : [{ ...entry, sequence, recordedAt, keptUntil, hash: open.hash }];
  });
}

function valuesOf(person: string, { hash, link, stored }: OpenLink) {
  const place: Place = { sequence: link.sequence, hash };
  return [
    { key: keys.link(person, hash), value: stored as unknown },
    { key: keys.place(person, link.id), value: place as unknown },
  ];
}

/** @throws `error.platform.consent.conflict` */
function requireSame(known: OpenLink | undefined, { fields }: Content): void {
  if (known === undefined || isSameStatement(known.link, fields)) return;
  throw new ParleyError('error.platform.consent.conflict', { sequence: known.link.sequence });
}

/** 128 bits: nobody guesses them. */
function newSalt(): string {
  return randomBytes(16).toString('base64url');
}
