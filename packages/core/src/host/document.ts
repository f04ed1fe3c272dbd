import type { AnyEventObject } from 'xstate';
import type { ActorPath } from './actor-tree.ts';
import { type CodecMeta, copyPlainJson, decode, encode } from './codec.ts';
import type { PersistedSnapshot } from './snapshot.ts';

/**
 * A machine between two events, as plain JSON. `meta` says what plain JSON would lose of the rest.
 */
export interface HostDocument {
  readonly status: 'active' | 'done';
  readonly snapshot: PersistedSnapshot;
  /** Pending delayed events, in the order in which they were scheduled. */
  readonly timers: readonly HostTimer[];
  /** Promises whose result the machine waits for. */
  readonly tasks: readonly HostTask[];
  /** How many tasks, timers and spawned actors have been given a name so far. */
  readonly named: number;
  /** The final output, once `done`. */
  readonly output?: unknown;
  readonly meta?: CodecMeta;
  /** Whether something stands for an actor in it. */
  readonly hasReferences?: true;
}

/** An event that is delivered later: `after`, a delayed `raise` or `sendTo`. */
export interface HostTimer {
  /** XState's id of it, or one of the host's where it has none. A source can have several of one id pending. */
  readonly id: string;
  readonly source: ActorPath;
  readonly target: ActorPath;
  readonly event: AnyEventObject;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  /** Present when `cancel` does not reach it any more, because its source has used the id again. */
  readonly isCancellable?: false;
}

/** A promise that was begun and has not settled. */
export interface HostTask {
  /** Unique for the life of the machine. */
  readonly id: string;
  readonly path: ActorPath;
  /** Names its function: see {@link Host.taskFunction}. */
  readonly name: string;
  readonly input?: unknown;
}

/** What a machine takes in. */
export type HostEvent =
  | { readonly kind: 'event'; readonly event: AnyEventObject }
  /** One of the document's timers is due. */
  | { readonly kind: 'timer'; readonly timer: HostTimer }
  | { readonly kind: 'task.done'; readonly id: string; readonly output: unknown }
  | { readonly kind: 'task.failed'; readonly id: string; readonly error: unknown };

/** One event's outcome. */
export interface HostStep {
  readonly document: HostDocument;
  /** What the machine and its children emitted, in order. */
  readonly emitted: readonly AnyEventObject[];
}

/** The timer that comes first: the one due earliest, of those due together the one scheduled first. */
export function nextTimer({ timers }: HostDocument): HostTimer | undefined {
  let first: HostTimer | undefined;
  for (const timer of timers) if (first === undefined || timer.dueAt < first.dueAt) first = timer;
  return first;
}

/**
 * A document without the timer or the task that an event came from: what a machine threw at must not come again by
 * itself. Needs no machine, so that it works for versions that are gone.
 */
export function withoutSource(document: HostDocument, event: HostEvent): HostDocument {
  if (event.kind === 'event') return document;
  const { meta: _, ...rest } = document;
  // Decoded first, because `meta` refers to timers and tasks by their place.
  const { snapshot, timers, tasks, output } = decodeDocument(document);
  const { json, meta } = encode({
    snapshot,
    timers: event.kind === 'timer' ? withoutFirst(timers, (timer) => isSameTimer(timer, event.timer)) : timers,
    tasks: event.kind === 'timer' ? tasks : withoutFirst(tasks, (task) => task.id === event.id),
    ...(output === undefined ? {} : { output }),
  });
  return { ...rest, ...json, ...(meta === undefined ? {} : { meta }) };
}

/** Where a machine is, as XState's state value: `'asking'`, or an object where it has states within states. */
export function stateValueOf({ snapshot }: Pick<HostDocument, 'snapshot'>): unknown {
  return snapshot.value;
}

/**
 * The snapshot of a machine with its values as they were, sharing nothing with the document: what a migration is given to
 * change. What stands for an actor stays as it is.
 */
export function readSnapshot(document: HostDocument): PersistedSnapshot {
  return decodeDocument(document).snapshot;
}

/**
 * A document with another snapshot in place of its own. Timers and tasks stay, unless the machine is over by it: see
 * {@link Host.adopt} for what makes it whole.
 */
export function withSnapshot(document: HostDocument, snapshot: PersistedSnapshot): HostDocument {
  const { named, hasReferences } = document;
  const { timers, tasks } = decodeDocument(document);
  const isActive = snapshot.status === 'active';
  const { json, meta } = encode({
    snapshot,
    timers: isActive ? timers : [],
    tasks: isActive ? tasks : [],
    ...(snapshot.output === undefined ? {} : { output: snapshot.output }),
  });
  return {
    status: isActive ? 'active' : 'done',
    ...json,
    named,
    ...(meta === undefined ? {} : { meta }),
    ...(hasReferences === undefined ? {} : { hasReferences }),
  };
}

/** What tells a timer from others of its machine. */
export type TimerId = Pick<HostTimer, 'id' | 'source' | 'dueAt'>;

/** Whether two timers are the same one, whatever became of the event in between. */
export function isSameTimer(one: TimerId, other: TimerId): boolean {
  return one.id === other.id && one.dueAt === other.dueAt && isSamePath(one.source, other.source);
}

/** The part of a document that holds a machine's own values. */
export type DocumentBody = Pick<HostDocument, 'snapshot' | 'timers' | 'tasks' | 'output'>;

/** The values of a document as they were, sharing nothing with it. */
export function decodeDocument({ snapshot, timers, tasks, output, meta }: HostDocument): DocumentBody {
  const body = { snapshot, timers, tasks, ...(output === undefined ? {} : { output }) };
  // What is restored is changed in place, and the document is the caller's.
  return meta === undefined ? copyPlainJson(body) : decode({ json: body, meta });
}

function isSamePath(one: ActorPath, other: ActorPath): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

function withoutFirst<Item>(items: readonly Item[], matches: (item: Item) => boolean): readonly Item[] {
  const index = items.findIndex(matches);
  return items.filter((_, other) => other !== index);
}
