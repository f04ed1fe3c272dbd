import { createHash } from 'node:crypto';
import { personOf } from '@parley/core';
import { canonicalJson } from './canonical.ts';
import { type Chains, EMPTY, type Head, headAfter, partsOfKey } from './chain.ts';
import { inParallel } from './in-parallel.ts';
import { hashOfPart, NOTHING_BEFORE, type OpenLink, openLink, PARTS, type StoredLink } from './link.ts';

/** What verification has found. */
export interface Verification {
  readonly people: number;
  readonly entries: number;
  /** How many links have lost a part to an erasure that is on record. */
  readonly erased: number;
  readonly findings: readonly Finding[];
  /** What all chains that reach back to `asOf` were at that moment, as one hash. */
  readonly root: Root;
  /** When the first chain runs out; a root can be compared until then. */
  readonly comparableUntil?: number;
}

/** Something that is not as it was written. */
export interface Finding {
  readonly person: string;
  /** Where in the chain, as far as that can be told. */
  readonly sequence?: number;
  readonly problem: string;
}

/** A hash over the ends of all chains as they were at a moment. */
export interface Root {
  /** Milliseconds since the epoch; what was recorded later is not in it. */
  readonly asOf: number;
  readonly entries: number;
  readonly hash: string;
}

/** What was looked at of one chain. */
interface Checked {
  readonly links: readonly OpenLink[];
  readonly erased: number;
  readonly findings: readonly Finding[];
}

/** How many chains are read at a time. */
const AT_ONCE = 32;

/**
 * Walks every chain from its end to its beginning: each link has to be what its hash says and follow on the one before, each part what
 * its link says unless an erasure is on record, each head what its links add up to, and every link part of a chain.
 *
 * Other processes may go on recording meanwhile.
 *
 * @param asOf the moment of the root, milliseconds since the epoch: early enough for everything before it to be recorded.
 */
export async function verify(
  chains: Chains,
  { asOf, now }: { readonly asOf: number; readonly now: number },
): Promise<Verification> {
  const findings: Finding[] = [];
  const digests: Buffer[] = [];
  const total = { people: 0, entries: 0, erased: 0, walked: 0, links: 0, places: 0, covered: 0 };
  let comparableUntil = Number.POSITIVE_INFINITY;

  async function checkOne(person: string, head: Head | null): Promise<void> {
    if (typeof head !== 'object' || head === null) {
      findings.push({ person, problem: 'the end of the chain was changed' });
      return;
    }
    if (hasRunOut(head, now)) return;
    const { links, erased, findings: found } = await checkChain(chains, person, head);
    findings.push(...found);
    if (links.length === 0) return;
    total.people += 1;
    total.entries += links.filter(({ link }) => link.kind !== 'erased').length;
    total.walked += links.length;
    total.erased += erased;
    comparableUntil = Math.min(comparableUntil, head.keptUntil);
    const covered = links.findLast(({ link }) => link.recordedAt <= asOf);
    if (covered === undefined) return;
    total.covered += covered.link.sequence;
    digests.push(digestOf(person, covered));
  }

  async function* heads(): AsyncGenerator<readonly [person: string, head: Head]> {
    for await (const [key, value] of chains.everything()) {
      const [kind, person] = partsOfKey(key);
      if (kind === 'link') total.links += 1;
      if (kind === 'id') total.places += 1;
      if (kind === 'head') yield [person, value as Head];
    }
  }

  await inParallel(heads(), AT_ONCE, ([person, head]) => checkOne(person, head));
  // Only then is it worth to look each link up.
  if (total.links !== total.walked || total.places !== total.walked) findings.push(...(await looseEnds(chains)));

  const { people, entries, erased, covered } = total;
  return {
    ...{ people, entries, erased, findings },
    root: { asOf, entries: covered, hash: rootHash(digests) },
    ...(Number.isFinite(comparableUntil) ? { comparableUntil } : {}),
  };
}

/** A root as people write it down. */
export function writeRoot({ asOf, entries, hash }: Root): string {
  return `${new Date(asOf).toISOString()}/${entries}/${hash}`;
}

/** @returns `undefined` for what is no root. */
export function readRoot(text: string): Root | undefined {
  const [, moment = '', entries, hash = ''] = /^(\d{4}-[\dT:.-]+Z)\/(\d+)\/([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  const asOf = Date.parse(moment);
  return Number.isNaN(asOf) ? undefined : { asOf, entries: Number(entries), hash };
}

async function checkChain(chains: Chains, person: string, head: Head): Promise<Checked> {
  const links = await chains.all(person, head);
  const findings: Finding[] = [];
  const find = (problem: string, sequence?: number) =>
    void findings.push({ person, problem, ...(sequence === undefined ? {} : { sequence }) });

  const first = links[0]?.link.sequence ?? head.length + 1;
  const isWhole = first === 1;
  if (!isWhole) find('is missing or was changed', first - 1);
  findings.push(...orderOf(person, links, head));
  if (isWhole) {
    const expected = links.reduce(headAfter, EMPTY);
    const { pending: _, ...found } = head;
    if (canonicalJson(expected) !== canonicalJson(found)) find('the end of the chain was changed');
  }
  const parts = partsAmiss(links);
  findings.push(...parts.findings.map((one) => ({ person, ...one })));
  const places = await chains.places(
    person,
    links.map(({ link }) => link.id),
  );
  links.forEach(({ link: { sequence }, hash }, index) => {
    const place = places[index];
    if (place?.hash !== hash || place.sequence !== sequence) find('its id does not lead to it', sequence);
  });
  return { links, erased: parts.erased, findings };
}

/** Whether links stand where they say, for whom they say, in the order of their hashes. */
function orderOf(person: string, links: readonly OpenLink[], head: Head): readonly Finding[] {
  return links.flatMap(({ link }, index) => {
    const sequence = head.length - links.length + 1 + index;
    const previous = index === 0 ? undefined : links[index - 1]?.hash;
    const follows =
      sequence === 1 ? link.previous === NOTHING_BEFORE : previous === undefined || link.previous === previous;
    const isHere = link.sequence === sequence && personOf(link.person) === person && follows;
    return isHere ? [] : [{ person, sequence, problem: 'does not follow on the one before' }];
  });
}

/** Looks for parts that are not what their links say. What is gone may be so if a later link says that it was erased. */
function partsAmiss(links: readonly OpenLink[]) {
  const findings: Omit<Finding, 'person'>[] = [];
  const erasures = new Set<string>();
  let erased = 0;
  for (const { link, stored } of links.toReversed()) {
    const amiss = PARTS.filter((part) => {
      const kept = stored[part];
      return link[part] !== (kept === undefined ? undefined : hashOfPart(kept));
    });
    const isErased = amiss.length > 0 && amiss.every((part) => stored[part] === undefined && erasures.has(part));
    if (isErased) erased += 1;
    else if (amiss.length > 0) {
      findings.push({ sequence: link.sequence, problem: `its ${amiss.join(' and its ')} is missing or was changed` });
    }
    for (const part of link.erased ?? []) erasures.add(part);
  }
  return { erased, findings };
}

/** What is kept and belongs to no chain: links, and ids that lead to none. What is being appended is none of that. */
async function looseEnds(chains: Chains): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const members = new Members(chains);
  for await (const [key, value] of chains.everything()) {
    const [kind, person, rest] = partsOfKey(key);
    if (kind === 'link' && (await members.isLoose(person, ({ hashes }) => hashes.has(rest)))) {
      if (await chains.has(key)) findings.push(looseLink(person, openLink(value as StoredLink, rest)));
    }
    if (kind === 'id' && (await members.isLoose(person, ({ ids }) => ids.has(rest)))) {
      if (await chains.has(key)) findings.push({ person, problem: 'an id leads to no entry of the chain' });
    }
  }
  return findings;
}

interface ChainMembers {
  readonly hashes: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

/** What belongs to a person's chain. Most storages give out a person's keys one after the other, so that one chain at a time is remembered. */
class Members {
  readonly #chains: Chains;
  #last: { readonly person: string; readonly members: ChainMembers } | undefined;

  constructor(chains: Chains) {
    this.#chains = chains;
  }

  /** Whether something is no part of a chain, not even of what it has become meanwhile. */
  async isLoose(person: string, belongs: (members: ChainMembers) => boolean): Promise<boolean> {
    if (this.#last?.person === person && belongs(this.#last.members)) return false;
    const members = await this.#read(person);
    this.#last = { person, members };
    return !belongs(members);
  }

  async #read(person: string): Promise<ChainMembers> {
    const head = await this.#chains.headOf(person);
    const links = await this.#chains.all(person, head);
    const pending = head.pending === undefined ? [] : [head.pending];
    return {
      hashes: new Set([...links, ...pending].map(({ hash }) => hash)),
      ids: new Set([...links.map(({ link }) => link.id), ...pending.map(({ id }) => id)]),
    };
  }
}

function looseLink(person: string, open: OpenLink | undefined): Finding {
  if (open === undefined) return { person, problem: 'an entry was changed' };
  const problem = 'is in no chain: the end was set back, or what comes before it was changed';
  return { person, sequence: open.link.sequence, problem };
}

function hasRunOut(head: Head, now: number): boolean {
  return head.keptUntil <= now && head.length > 0;
}

function digestOf(person: string, { link: { sequence }, hash }: OpenLink): Buffer {
  return createHash('sha256')
    .update(canonicalJson([person, sequence, hash]))
    .digest();
}

/** SHA-256 over the digests of all ends, sorted: in whatever order they were read, it is the same. */
function rootHash(digests: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const digest of digests.toSorted(Buffer.compare)) hash.update(digest);
  return hash.digest('hex');
}
