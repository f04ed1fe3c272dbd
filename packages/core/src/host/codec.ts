import SuperJSON, { type SuperJSONResult } from 'superjson';

/** What plain JSON loses of a value, in superjson's words; absent when it loses nothing. */
export type CodecMeta = NonNullable<SuperJSONResult['meta']>;

/** A value as plain JSON, and what it takes to get the original back. */
export interface Encoded<Value> {
  readonly json: Value;
  readonly meta?: CodecMeta;
}

/**
 * Makes plain JSON of a value that may hold `undefined`, Date, Map, Set, BigInt, NaN, errors, circles and the like. A value
 * of plain JSON comes out as it is and without `meta`, so that it stays readable in the database. Of an error its name,
 * message, code, status and cause are kept, of an instance of a class its fields; one that JSON can not write (a
 * circle inside of it) throws a `TypeError`.
 */
export function encode<Value>(value: Value): Encoded<Value> {
  if (isPlainJson(value)) return { json: value };
  const { json, meta } = codec.serialize(value);
  // What superjson lets through as it is would fail only where the document is written, and again at every try.
  const plain = JSON.parse(JSON.stringify(json) ?? 'null') as Value;
  return meta === undefined ? { json: plain } : { json: plain, meta };
}

/** Gives back what {@link encode} was given. */
export function decode<Value>({ json, meta }: Encoded<Value>): Value {
  return meta === undefined ? json : codec.deserialize({ json: json as SuperJSONResult['json'], meta });
}

/** Deeper than this a value may be a circle, and a walk by recursion may not come to its end. */
const DEEPEST = 200;

/** Whether `JSON.parse(JSON.stringify(value))` gives an equal value. */
export function isPlainJson(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      if (value === null) return true;
      if (depth > DEEPEST) return false;
      return Array.isArray(value) ? isPlainArray(value, depth + 1) : isPlainRecord(value, depth + 1);
    default:
      return false;
  }
}

function isPlainArray(values: readonly unknown[], depth: number): boolean {
  for (const value of values) if (!isPlainJson(value, depth)) return false;
  return true;
}

function isPlainRecord(value: object, depth: number): boolean {
  if (!isPlainObject(value)) return false;
  for (const key in value) {
    if (!isPlainJson((value as Record<string, unknown>)[key], depth)) return false;
  }
  return true;
}

/** Whether a value is an object of no class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const OWN = { enumerable: true, configurable: true, writable: true };

/** A copy of plain JSON that shares nothing with it; several times as fast as `structuredClone`. */
export function copyPlainJson<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyPlainJson) as Value;
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    // A person's own words can be a key; assigned, this one would change what the copy inherits.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: copyPlainJson(value[key]), ...OWN });
    else copy[key] = copyPlainJson(value[key]);
  }
  return copy as Value;
}

const codec = new SuperJSON();

/** A value that is encoded by itself inside of another, as superjson's types want it. */
type Nested = Readonly<Record<string, never>>;

function nested(value: unknown): Nested {
  return codec.serialize(value) as unknown as Nested;
}

/** Keys that superjson refuses wherever they are, although a person's own words can be a key. */
const REFUSED_KEYS = ['__proto__', 'constructor', 'prototype'];

codec.registerCustom<Record<string, unknown>, Nested>(
  {
    isApplicable: (value): value is Record<string, unknown> =>
      isPlainObject(value) && REFUSED_KEYS.some((key) => Object.hasOwn(value, key)),
    serialize: (value) => nested(Object.entries(value)),
    deserialize: (entries) =>
      Object.fromEntries(codec.deserialize<[string, unknown][]>(entries as unknown as SuperJSONResult)),
  },
  'entries',
);

codec.registerCustom<Date, null>(
  {
    isApplicable: (value): value is Date => value instanceof Date && Number.isNaN(value.getTime()),
    serialize: () => null,
    deserialize: () => new Date(Number.NaN),
  },
  'invalid-date',
);

codec.registerCustom<Error, Nested>(
  {
    isApplicable: (value): value is Error => value instanceof Error,
    serialize: (error) => nested(fieldsOf(error)),
    deserialize: (fields) => revive(codec.deserialize<ErrorFields>(fields as unknown as SuperJSONResult)),
  },
  'error',
);

interface ErrorFields {
  readonly name: string;
  readonly message: string;
  readonly cause?: unknown;
  readonly code?: unknown;
  readonly status?: unknown;
}

function fieldsOf(error: Error & { readonly code?: unknown; readonly status?: unknown }): ErrorFields {
  const { name, message, cause, code, status } = error;
  return {
    name,
    message,
    ...(cause === undefined ? {} : { cause }),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
  };
}

function revive({ name, message, cause, ...rest }: ErrorFields): Error {
  const error = new Error(message, cause === undefined ? {} : { cause });
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  // The place where it was decoded would be taken for the place where it happened.
  Object.defineProperty(error, 'stack', { value: `${name}: ${message}`, configurable: true, writable: true });
  return Object.assign(error, rest);
}
