import { isPlainObject } from './codec.ts';
import { isActor } from './references.ts';

/** Something that no document can hold, and where it is. */
export interface Unserialisable {
  /** `context.order.items[2].price` */
  readonly path: string;
  /** `a function` */
  readonly what: string;
}

/**
 * The first part of a value that would be lost or changed on its way through a document: a function, a symbol, an
 * instance of a class.
 *
 * @param path what the value is called
 * @param allowsActors whether a reference to an actor is kept where the value goes
 */
export function findUnserialisable(value: unknown, path: string, allowsActors: boolean): Unserialisable | undefined {
  const seen = new Set<object>();
  const find = (part: unknown, at: string): Unserialisable | undefined => {
    const what = whatCannotBeKept(part, allowsActors);
    if (what !== undefined) return { path: at, what };
    if (typeof part !== 'object' || part === null || seen.has(part) || isActor(part)) return undefined;
    seen.add(part);
    for (const [inner, name] of partsOf(part, at)) {
      const found = find(inner, name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(value, path);
}

function whatCannotBeKept(value: unknown, allowsActors: boolean): string | undefined {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value !== 'object' || value === null) return undefined;
  if (isActor(value)) return allowsActors ? undefined : 'a reference to an actor';
  return isPlainObject(value) || isKept(value) ? undefined : `an instance of ${classOf(value)}`;
}

type Part = readonly [value: unknown, path: string];

function partsOf(value: object, at: string): readonly Part[] {
  if (Array.isArray(value)) return value.map((item, index) => [item, `${at}[${index}]`]);
  if (value instanceof Map) return entriesOf(value, at);
  if (value instanceof Set) return [...value].map((item, index) => [item, `${at}[${index}]`]);
  if (value instanceof Error) return [[value.cause, `${at}.cause`]];
  return isPlainObject(value) ? Object.entries(value).map(([key, item]) => [item, join(at, key)]) : [];
}

function entriesOf(map: ReadonlyMap<unknown, unknown>, at: string): Part[] {
  return [...map].flatMap(([key, item], index): Part[] => [
    [key, `${at}.keys[${index}]`],
    [item, typeof key === 'string' ? join(at, key) : `${at}.values[${index}]`],
  ]);
}

/** The objects besides plain ones that the codec brings back. */
function isKept(value: object): boolean {
  return (
    Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Set ||
    value instanceof Error ||
    value instanceof Date ||
    value instanceof RegExp ||
    value instanceof URL ||
    (ArrayBuffer.isView(value) && TYPED_ARRAYS.has(classOf(value)))
  );
}

const TYPED_ARRAYS = new Set([
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array'],
]);

function classOf(value: object): string {
  return (value as { readonly constructor?: { readonly name?: string } }).constructor?.name || 'a class';
}

function join(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
