import type { Address, ConsentEntry, MessageCategory } from '@parley/core';
import { canonicalJson, sha256 } from './canonical.ts';

/**
 * One link of a person's chain: what is hashed. What can be erased later is not in here but in {@link StoredLink}; only its hash is,
 * so that the chain can be verified without it.
 */
export interface Link {
  /** Of this format. */
  readonly version: 1;
  /** From 1 on, without gaps. */
  readonly sequence: number;
  /** The hash of the link before; zeros in the first. */
  readonly previous: string;
  readonly person: Address;
  /** `erased`: that something was erased from the links before it, and what. */
  readonly kind: ConsentEntry['kind'] | 'erased';
  readonly id: string;
  readonly app?: string;
  readonly categories?: readonly MessageCategory[];
  readonly at: number;
  readonly how?: ConsentEntry['how'];
  readonly erased?: readonly Part[];
  /** When it was appended, milliseconds since the epoch; never before the link before. */
  readonly recordedAt: number;
  /** Until when the whole chain is kept. */
  readonly keptUntil: number;
  /** Hashes of the parts, as {@link hashOfPart} makes them. */
  readonly evidence?: string;
  readonly data?: string;
}

/** What can be erased while the chain stays whole: the words, source and message; and whatever else went with them. */
export type Part = 'evidence' | 'data';

export const PARTS = ['evidence', 'data'] as const satisfies readonly Part[];

/** A part as it is stored: JSON, and what keeps people from guessing at the words of a hash once they are erased. */
export interface SealedPart {
  readonly json: string;
  readonly salt: string;
}

/** A link as it is stored, under its hash. */
export interface StoredLink {
  /** The {@link Link} as canonical JSON: the bytes that its hash is made of. */
  readonly link: string;
  readonly evidence?: SealedPart;
  readonly data?: SealedPart;
}

/** What is to be appended; where it stands in the chain is not known yet. */
export interface Content extends Partial<Record<Part, SealedPart>> {
  readonly fields: Pick<Link, 'person' | 'kind' | 'id' | 'app' | 'categories' | 'at' | 'how' | 'erased'>;
}

/** A stored link, read. */
export interface OpenLink {
  readonly hash: string;
  readonly link: Link;
  readonly stored: StoredLink;
}

/** What the first link of a chain comes after. */
export const NOTHING_BEFORE: string = '0'.repeat(64);

/** An entry as something to append. */
export function contentOf({ evidence, ...fields }: ConsentEntry, newSalt: () => string): Content {
  const { data, ...proof } = evidence ?? {};
  const seal = (part: unknown): SealedPart => ({ json: canonicalJson(part), salt: newSalt() });
  return {
    fields,
    ...(Object.keys(proof).length === 0 ? {} : { evidence: seal(proof) }),
    ...(data === undefined ? {} : { data: seal(data) }),
  };
}

/** A link that was cut off from its chain as something to append again. */
export function contentAgain({ link, stored: { link: _, ...parts } }: OpenLink): Content {
  const { version, sequence, previous, recordedAt, keptUntil, evidence, data, ...fields } = link;
  return { fields, ...parts };
}

/** Makes the link that holds a content at a place in a chain. */
export function makeLink(
  { fields, ...parts }: Content,
  place: Pick<Link, 'sequence' | 'previous' | 'recordedAt' | 'keptUntil'>,
): OpenLink {
  const hashes = Object.fromEntries(
    PARTS.flatMap((part) => (parts[part] === undefined ? [] : [[part, hashOfPart(parts[part])]])),
  );
  const link: Link = { version: 1, ...fields, ...place, ...hashes };
  const text = canonicalJson(link);
  return { hash: sha256(text), link, stored: { link: text, ...parts } };
}

/** Reads a stored link; `undefined` if it is not the one of this hash. */
export function openLink(stored: StoredLink | undefined, hash: string): OpenLink | undefined {
  if (typeof stored?.link !== 'string' || sha256(stored.link) !== hash) return undefined;
  return { hash, link: JSON.parse(stored.link) as Link, stored };
}

/** The hash of a part: SHA-256 of its salt and its JSON. */
export function hashOfPart({ salt, json }: SealedPart): string {
  return sha256(salt + json);
}

/** The entry that a link holds, without details that were erased or are not what they were; `undefined` for what is none. */
export function entryOf(open: OpenLink): ConsentEntry | undefined {
  const { person, kind, id, app, categories, at, how } = open.link;
  if (kind === 'erased' || how === undefined) return undefined;
  const data = partOf(open, 'data');
  const evidence = { ...(partOf(open, 'evidence') as object | undefined), ...(data === undefined ? {} : { data }) };
  return {
    ...{ id, kind, person, at, how },
    ...(app === undefined ? {} : { app }),
    ...(categories === undefined ? {} : { categories }),
    ...(Object.keys(evidence).length === 0 ? {} : { evidence }),
  };
}

function partOf({ link, stored }: OpenLink, part: Part): unknown {
  const sealed = stored[part];
  return sealed === undefined || hashOfPart(sealed) !== link[part] ? undefined : JSON.parse(sealed.json);
}

/** Whether two contents are one statement: who, what, about what. When and in which words may differ, as in what is told twice. */
export function isSameStatement(one: Content['fields'], other: Content['fields']): boolean {
  const statement = ({ person, kind, app, categories }: Content['fields']) =>
    canonicalJson({ person, kind, app, categories });
  return statement(one) === statement(other);
}
