import type { AnyActorRef } from 'xstate';
import type { ActorPath, ActorTree } from './actor-tree.ts';
import { isPlainObject } from './codec.ts';

/** What stands for an actor in a document: its path, `null` when it is gone, and its id. */
interface Reference {
  readonly parley$$actor: ActorPath | null;
  readonly id: string;
}

/** A copy of a value with what stands for actors in place of them. Everything else that is no plain JSON stays. */
export function replaceActors<Value>(value: Value, tree: ActorTree): { readonly value: Value; readonly found: number } {
  const copies = new Map<object, unknown>();
  let found = 0;
  const copy = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if (isActor(part)) {
      found += 1;
      return { parley$$actor: tree.paths.get(part) ?? null, id: part.id } satisfies Reference;
    }
    const before = copies.get(part);
    if (before !== undefined) return before;
    const empty = emptyLike(part);
    if (empty === undefined) return part;
    // Known before it is filled, so that circles close.
    copies.set(part, empty);
    fill(empty, part, copy);
    return empty;
  };
  return { value: copy(value) as Value, found };
}

/** Puts actors back where {@link replaceActors} took them out, in place. */
export function reviveActors(value: unknown, find: (path: ActorPath | null, id: string) => AnyActorRef): void {
  const seen = new Set<object>();
  const revive = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return part;
    if (isReference(part)) return find(part.parley$$actor, part.id);
    seen.add(part);
    const parts = emptyLike(part);
    if (parts === undefined) return part;
    fill(parts, part, revive);
    if (part instanceof Map || part instanceof Set) part.clear();
    fill(part, parts, (one) => one);
    return part;
  };
  revive(value);
}

/** An empty collection of the same kind; `undefined` for what is none. */
function emptyLike(value: object): object | undefined {
  if (Array.isArray(value)) return [];
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  return isPlainObject(value) ? {} : undefined;
}

/** Puts what one collection holds into another of its kind. */
function fill(to: object, from: object, as: (part: unknown) => unknown): void {
  if (to instanceof Map && from instanceof Map) {
    for (const [key, item] of from) to.set(as(key), as(item));
  } else if (to instanceof Set && from instanceof Set) {
    for (const item of from) to.add(as(item));
  } else {
    for (const [key, item] of Object.entries(from)) define(to, key, as(item));
  }
}

export function isActor(value: object): value is AnyActorRef {
  return 'sessionId' in value && 'send' in value && 'ref' in value;
}

function isReference(value: object): value is Reference {
  return 'parley$$actor' in value && 'id' in value;
}

/** Also for `__proto__`, which an assignment would not make a key of. */
function define(object: object, key: string, value: unknown): void {
  if (Object.getOwnPropertyDescriptor(object, key)?.value === value && value !== undefined) return;
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
