import type { Address } from './address.ts';

/** The person on the other side. One number, one person. */
export interface ActorProfile {
  readonly address: Address;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  /** IANA name: `America/Los_Angeles`. */
  readonly timeZone?: string;
  /** US state or country subdivision: `CA`. */
  readonly region?: string;
  /** Of where they live: a US ZIP code (`94103`). */
  readonly postalCode?: string;
  /** BCP 47: `en-US`. */
  readonly locale?: string;
  /** Whatever else the organization knows; plain JSON. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Changes to a profile: `undefined` forgets a field, attributes are merged one by one. */
export type ActorPatch = {
  readonly [Field in Exclude<keyof ActorProfile, 'address' | 'attributes'>]?: ActorProfile[Field] | undefined;
} & { readonly attributes?: Readonly<Record<string, unknown>> };

/** A profile with a patch applied. Applying the same patch twice changes nothing more. */
export function patchActor(profile: ActorProfile, patch: ActorPatch): ActorProfile {
  const { attributes, ...fields } = patch;
  const merged = {
    ...profile,
    ...fields,
    ...(attributes ? { attributes: dropUndefined({ ...profile.attributes, ...attributes }) } : {}),
  };
  return dropUndefined(merged);
}

/** Two patches as one: the later wins. */
export function mergePatches(first: ActorPatch, second: ActorPatch): ActorPatch {
  const attributes = { ...first.attributes, ...second.attributes };
  return { ...first, ...second, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) };
}

/**
 * A patch whose attributes are what will be stored of them: plain JSON, and `undefined` for those to forget.
 *
 * @throws a `TypeError` at what JSON can not write.
 */
export function plainPatch({ attributes, ...fields }: ActorPatch): ActorPatch {
  if (attributes === undefined) return fields;
  const plain = Object.entries(attributes).map(([name, value]) => {
    const json: string | undefined = JSON.stringify(value);
    return [name, json === undefined ? undefined : JSON.parse(json)] as const;
  });
  return { ...fields, attributes: Object.fromEntries(plain) };
}

function dropUndefined<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}
