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
    ...(attributes ? { attributes: { ...profile.attributes, ...attributes } } : {}),
  };
  return dropUndefined(merged);
}

/** Two patches as one: the later wins. */
export function mergePatches(first: ActorPatch, second: ActorPatch): ActorPatch {
  const attributes = { ...first.attributes, ...second.attributes };
  return { ...first, ...second, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) };
}

function dropUndefined<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}
