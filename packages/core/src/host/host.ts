import type { AnyActor, AnyActorRef, AnyEventObject, AnyStateMachine } from 'xstate';
import { type ActorPath, actorAt, actorTree } from './actor-tree.ts';
import { CaptiveSystem } from './captive-system.ts';
import { type CodecMeta, copyPlainJson, decode, encode } from './codec.ts';
import { type DurableMachine, makeDurable, type TaskFunction } from './durable-machine.ts';
import { type PersistedSnapshot, trimSnapshot } from './snapshot.ts';

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
}

/** An event that is delivered later: `after`, a delayed `raise` or `sendTo`. */
export interface HostTimer {
  /** XState's id of it, or one of the host's where it has none; unique per source. */
  readonly id: string;
  readonly source: ActorPath;
  readonly target: ActorPath;
  readonly event: AnyEventObject;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
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

/** Runs one machine, one event at a time, on plain JSON. Pure: the same document, event and time give the same step. */
export interface Host {
  /** Starts the machine. Throws what the machine throws. */
  start(input: unknown, now: number): HostStep;
  /** Takes in one event. Throws what the machine throws; the document given is not changed by anything. */
  step(document: HostDocument, event: HostEvent, now: number): HostStep;
  /** The function behind a task, `undefined` when this version of the machine does not have it. */
  taskFunction(name: string): TaskFunction | undefined;
  /** Whether any state of the machine has a transition for events of this type. */
  knows(eventType: string): boolean;
}

/**
 * Hosts a machine.
 *
 * @param name names the machine in errors.
 * @throws `error.platform.bot.not-durable`
 */
export function createHost(machine: AnyStateMachine, name: string = machine.id): Host {
  return new XStateHost(machine, name);
}

/**
 * A document without the timer or the task that an event came from: what a machine threw at must not come again by
 * itself. Needs no machine, so that it works for versions that are gone.
 */
export function withoutSource(document: HostDocument, event: HostEvent): HostDocument {
  if (event.kind === 'event') return document;
  const { meta: _, ...rest } = document;
  // Decoded first, because `meta` refers to timers and tasks by their place.
  const { snapshot, timers, tasks } = decodeDocument(document);
  const { json, meta } = encode({
    snapshot,
    timers: event.kind === 'timer' ? withoutFirst(timers, (timer) => isSameTimer(timer, event.timer)) : timers,
    tasks: event.kind === 'timer' ? tasks : withoutFirst(tasks, (task) => task.id === event.id),
    ...(document.output === undefined ? {} : { output: document.output }),
  });
  return { ...rest, ...json, ...(meta === undefined ? {} : { meta }) };
}

function withoutFirst<Item>(items: readonly Item[], matches: (item: Item) => boolean): readonly Item[] {
  const index = items.findIndex(matches);
  return items.filter((_, other) => other !== index);
}

function isSameTimer(one: HostTimer, other: HostTimer): boolean {
  return one.id === other.id && one.dueAt === other.dueAt && one.source.join('/') === other.source.join('/');
}

class XStateHost implements Host {
  readonly #durable: DurableMachine;
  readonly #eventTypes: readonly string[];
  #system = new CaptiveSystem();
  /** The life that is being lived. XState runs synchronously, so there is one at most. */
  #life: Life | undefined;

  constructor(machine: AnyStateMachine, name: string) {
    this.#eventTypes = machine.events as readonly string[];
    this.#durable = makeDurable(machine, name, (actor, task) => this.#life?.begun(actor, task));
  }

  start(input: unknown, now: number): HostStep {
    return this.#live(new Life(this.#system, now, 0), (life) => life.begin(this.#durable.machine, input));
  }

  step(document: HostDocument, event: HostEvent, now: number): HostStep {
    return this.#live(new Life(this.#system, now, document.named), (life) => {
      life.resume(this.#durable.machine, decodeDocument(document));
      life.deliver(event);
    });
  }

  taskFunction(name: string): TaskFunction | undefined {
    return this.#durable.tasks.get(name);
  }

  knows(eventType: string): boolean {
    return this.#eventTypes.some((known) => known === eventType || known === '*' || isPrefix(known, eventType));
  }

  #live(life: Life, live: (life: Life) => void): HostStep {
    this.#life = life;
    try {
      live(life);
      return life.end();
    } catch (error) {
      // Whatever was left half done is left behind with the system.
      this.#system = new CaptiveSystem();
      throw error;
    } finally {
      this.#life = undefined;
    }
  }
}

/** A machine brought to life for one event: from a document to the next. */
class Life {
  readonly #system: CaptiveSystem;
  readonly #now: number;
  readonly #emitted: AnyEventObject[] = [];
  readonly #begun: { readonly actor: AnyActorRef; readonly name: string }[] = [];
  /** The tasks that were begun in earlier lives, by the actors that wait for them. */
  #tasks: ReadonlyMap<AnyActorRef, HostTask> = new Map();
  /** While a document is brought back, actors take up again what they are and need no new names. */
  #isRestoring = false;
  #restored = 0;
  #named: number;
  #root!: AnyActor;

  constructor(system: CaptiveSystem, now: number, named: number) {
    this.#system = system;
    this.#now = now;
    this.#named = named;
  }

  emitted(event: AnyEventObject): void {
    this.#emitted.push(event);
  }

  newName(kind: 'actor' | 'timer'): string {
    return this.#isRestoring ? `restored-${++this.#restored}` : `${kind}-${++this.#named}`;
  }

  begun(actor: AnyActorRef, name: string): void {
    if (!this.#isRestoring) this.#begun.push({ actor, name });
  }

  begin(machine: AnyStateMachine, input: unknown): void {
    this.#root = this.#system.create(machine, { input }, this);
    this.#root.start();
  }

  /** Starts from a document, with timers where cancels and replacements find them. */
  resume(
    machine: AnyStateMachine,
    { snapshot, timers, tasks }: Pick<HostDocument, 'snapshot' | 'timers' | 'tasks'>,
  ): void {
    this.#isRestoring = true;
    this.#root = this.#system.create(machine, { snapshot }, this);
    this.#root.start();
    for (const { source, target, event, dueAt, id } of timers) {
      const from = actorAt(this.#root, source);
      const to = actorAt(this.#root, target);
      if (from !== undefined && to !== undefined) {
        this.#system.schedule({ source: from, target: to, event, delay: dueAt - this.#now, id });
      }
    }
    this.#tasks = new Map(tasks.flatMap((task) => pairWithActor(this.#root, task)));
    this.#isRestoring = false;
  }

  deliver(event: HostEvent): void {
    switch (event.kind) {
      case 'event':
        this.#root.send(event.event);
        break;
      case 'timer':
        this.#fire(event.timer);
        break;
      case 'task.done':
        this.#taskActor(event.id)?.send({ type: 'xstate.promise.resolve', data: event.output });
        break;
      case 'task.failed':
        this.#taskActor(event.id)?.send({ type: 'xstate.promise.reject', data: event.error });
        break;
    }
  }

  /** Reads everything back and leaves the system. Throws what the machine threw. */
  end(): HostStep {
    const { status, error, output } = this.#root.getSnapshot() as {
      readonly status: HostDocument['status'] | 'error';
      readonly error: unknown;
      readonly output: unknown;
    };
    if (status === 'error') throw error;
    const tree = actorTree(this.#root);
    const snapshot = trimSnapshot(this.#root.getPersistedSnapshot() as PersistedSnapshot);
    const waits = status === 'active';
    const { json, meta } = encode({
      snapshot,
      timers: waits ? this.#timers(tree) : [],
      tasks: waits ? this.#waitedFor(tree) : [],
      ...(output === undefined ? {} : { output }),
    });
    this.#system.release(tree.keys());
    const document = { status, ...json, named: this.#named };
    return { document: meta === undefined ? document : { ...document, meta }, emitted: this.#emitted };
  }

  #fire(timer: HostTimer): void {
    const source = actorAt(this.#root, timer.source);
    if (source !== undefined) this.#system.fire(source, timer.id);
  }

  #taskActor(id: string): AnyActorRef | undefined {
    for (const [actor, task] of this.#tasks) if (task.id === id) return actor;
    return undefined;
  }

  #timers(tree: ReadonlyMap<AnyActorRef, ActorPath>): HostTimer[] {
    return this.#system.pending.flatMap(({ source, target, event, delay, id }) => {
      const from = tree.get(source);
      const to = tree.get(target);
      if (!Number.isFinite(delay)) throw new RangeError(`The delay of ${id} is ${delay}, which is no time.`);
      // An event to an actor that has stopped would reach nobody.
      return from === undefined || to === undefined
        ? []
        : [{ id, source: from, target: to, event, dueAt: this.#now + delay }];
    });
  }

  #waitedFor(tree: ReadonlyMap<AnyActorRef, ActorPath>): HostTask[] {
    const kept = [...this.#tasks].filter(([actor]) => tree.has(actor) && isActive(actor)).map(([, task]) => task);
    const begun = this.#begun.flatMap(({ actor, name }) => {
      const path = tree.get(actor);
      if (path === undefined || !isActive(actor)) return [];
      const { input } = actor.getSnapshot() as { readonly input: unknown };
      return [{ id: `task-${++this.#named}`, path, name, ...(input === undefined ? {} : { input }) }];
    });
    return [...kept, ...begun];
  }
}

function pairWithActor(root: AnyActorRef, task: HostTask): [AnyActorRef, HostTask][] {
  const actor = actorAt(root, task.path);
  return actor === undefined ? [] : [[actor, task]];
}

function decodeDocument({
  snapshot,
  timers,
  tasks,
  meta,
}: HostDocument): Pick<HostDocument, 'snapshot' | 'timers' | 'tasks'> {
  // XState changes some of what it restores in place, and the document is the caller's.
  if (meta === undefined) return { snapshot: copyPlainJson(snapshot), timers, tasks };
  return decode({ json: { snapshot, timers, tasks }, meta });
}

function isActive(actor: AnyActorRef): boolean {
  return (actor.getSnapshot() as { readonly status: string }).status === 'active';
}

/** `message.*` is known for `message.received`. */
function isPrefix(known: string, eventType: string): boolean {
  return known.endsWith('.*') && eventType.startsWith(known.slice(0, -1));
}
