import {
  type AnyActor,
  type AnyActorRef,
  type AnyEventObject,
  type AnyStateMachine,
  createActor,
  type InspectionEvent,
} from 'xstate';
import { type ActorPath, actorAt, actorTree } from './actor-tree.ts';
import { CaptiveClock } from './captive-clock.ts';
import { type CodecMeta, decode, encode } from './codec.ts';
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

/** What one step gathers while XState runs. */
interface Recording {
  readonly emitted: AnyEventObject[];
  /** Promise actors that were begun, in order. */
  readonly begun: { readonly actor: AnyActorRef; readonly name: string }[];
  /** True while a document is brought back to life: what starts then was begun before. */
  restoring: boolean;
  named: number;
}

class XStateHost implements Host {
  readonly #durable: DurableMachine;
  readonly #eventTypes: readonly string[];
  /** The step that is running. XState runs it synchronously, so there is one at most. */
  #recording: Recording | undefined;

  constructor(machine: AnyStateMachine, name: string) {
    this.#eventTypes = machine.events as readonly string[];
    this.#durable = makeDurable(machine, name, (actor, task) => {
      if (this.#recording?.restoring === false) this.#recording.begun.push({ actor, name: task });
    });
  }

  start(input: unknown, now: number): HostStep {
    return this.#record(0, (recording) => {
      const run = new Run(this.#durable.machine, recording, now, { input });
      recording.restoring = false;
      run.begin();
      return run.read(new Map());
    });
  }

  step(document: HostDocument, event: HostEvent, now: number): HostStep {
    return this.#record(document.named, (recording) => {
      const { snapshot, timers, tasks } = decodeDocument(document);
      const run = new Run(this.#durable.machine, recording, now, { snapshot });
      run.begin();
      const before = run.restore(timers, tasks);
      recording.restoring = false;
      run.deliver(event, before);
      return run.read(before);
    });
  }

  taskFunction(name: string): TaskFunction | undefined {
    return this.#durable.tasks.get(name);
  }

  knows(eventType: string): boolean {
    return this.#eventTypes.some(
      (known) =>
        known === eventType || known === '*' || (known.endsWith('.*') && eventType.startsWith(known.slice(0, -1))),
    );
  }

  #record(named: number, run: (recording: Recording) => HostStep): HostStep {
    this.#recording = { emitted: [], begun: [], restoring: true, named };
    try {
      return run(this.#recording);
    } finally {
      this.#recording = undefined;
    }
  }
}

type RestoredTasks = ReadonlyMap<AnyActorRef, HostTask>;

/** One life of an actor: from a document to the next. */
class Run {
  readonly #clock = new CaptiveClock();
  readonly #root: AnyActor;
  readonly #recording: Recording;
  readonly #now: number;

  constructor(
    machine: AnyStateMachine,
    recording: Recording,
    now: number,
    options: { input: unknown } | { snapshot: PersistedSnapshot },
  ) {
    this.#recording = recording;
    this.#now = now;
    this.#root = createActor(machine, {
      ...options,
      clock: this.#clock,
      inspect: (event: InspectionEvent) => this.#inspect(event),
      logger: () => {},
    } as never);
    this.#nameDeterministically();
    // An observer for errors keeps XState from throwing them at the whole process; `read` throws them here.
    this.#root.subscribe({ error: () => {} });
  }

  begin(): void {
    this.#root.start();
  }

  /** Puts timers back where cancels and replacements find them; pairs tasks with their actors. */
  restore(timers: readonly HostTimer[], tasks: readonly HostTask[]): RestoredTasks {
    const scheduler = this.#root.system.scheduler;
    for (const { source, target, event, dueAt, id } of timers) {
      const from = actorAt(this.#root, source);
      const to = actorAt(this.#root, target);
      if (from !== undefined && to !== undefined) scheduler.schedule(from, to, event, dueAt - this.#now, id);
    }
    return new Map(
      tasks.flatMap((task) => {
        const actor = actorAt(this.#root, task.path);
        return actor === undefined ? [] : [[actor, task]];
      }),
    );
  }

  deliver(event: HostEvent, tasks: RestoredTasks): void {
    switch (event.kind) {
      case 'event':
        this.#root.send(event.event);
        break;
      case 'timer':
        this.#fire(event.timer);
        break;
      case 'task.done':
        taskActor(tasks, event.id)?.send({ type: 'xstate.promise.resolve', data: event.output });
        break;
      case 'task.failed':
        taskActor(tasks, event.id)?.send({ type: 'xstate.promise.reject', data: event.error });
        break;
    }
  }

  /** Reads everything back. Throws what the machine threw. */
  read(before: RestoredTasks): HostStep {
    const { status, error, output } = this.#root.getSnapshot() as {
      status: HostDocument['status'] | 'error';
      error: unknown;
      output: unknown;
    };
    if (status === 'error') throw error;
    const tree = actorTree(this.#root);
    const { json, meta } = encode({
      snapshot: trimSnapshot(this.#root.getPersistedSnapshot() as PersistedSnapshot),
      timers: status === 'done' ? [] : this.#timers(tree),
      tasks: status === 'done' ? [] : this.#tasks(tree, before),
      ...(output === undefined ? {} : { output }),
    });
    return {
      document: { status, ...json, named: this.#recording.named, ...(meta === undefined ? {} : { meta }) },
      emitted: this.#recording.emitted,
    };
  }

  /**
   * XState names a delayed event and a spawned actor that have no id by chance or by a counter of the process. Both
   * names are in the document, where one that is given again after a restart would take the place of the older.
   */
  #nameDeterministically(): void {
    const system = this.#root.system as AnyActor['system'] & { _bookId(): string };
    this.#clock.watch(system.scheduler, () => `timer-${++this.#recording.named}`);
    system._bookId = () => `actor-${++this.#recording.named}`;
  }

  #inspect(event: InspectionEvent): void {
    if (event.type !== '@xstate.action' || event.action.type !== 'xstate.emit') return;
    const { event: emitted } = event.action.params as { readonly event: AnyEventObject };
    this.#recording.emitted.push(emitted);
  }

  #fire(timer: HostTimer): void {
    const source = actorAt(this.#root, timer.source);
    if (source !== undefined) this.#clock.fire(source, timer.id);
  }

  #timers(tree: ReadonlyMap<AnyActorRef, ActorPath>): HostTimer[] {
    return this.#clock.pending.flatMap(({ source, target, event, delay, id }) => {
      const from = tree.get(source);
      const to = tree.get(target);
      // An event to an actor that has stopped would reach nobody.
      return from === undefined || to === undefined
        ? []
        : [{ id, source: from, target: to, event, dueAt: this.#now + delay }];
    });
  }

  #tasks(tree: ReadonlyMap<AnyActorRef, ActorPath>, before: RestoredTasks): HostTask[] {
    const kept = [...before].filter(([actor]) => tree.has(actor) && isActive(actor)).map(([, task]) => task);
    const begun = this.#recording.begun.flatMap(({ actor, name }) => {
      const path = tree.get(actor);
      if (path === undefined || !isActive(actor)) return [];
      const { input } = actor.getSnapshot() as { readonly input: unknown };
      return [{ id: `task-${++this.#recording.named}`, path, name, ...(input === undefined ? {} : { input }) }];
    });
    return [...kept, ...begun];
  }
}

function decodeDocument(document: HostDocument): Pick<HostDocument, 'snapshot' | 'timers' | 'tasks'> {
  const { snapshot, timers, tasks, meta } = document;
  // XState changes some of what it restores in place, and the document is the caller's.
  return meta === undefined
    ? structuredClone({ snapshot, timers, tasks })
    : decode({ json: { snapshot, timers, tasks }, meta });
}

function taskActor(tasks: RestoredTasks, id: string): AnyActorRef | undefined {
  for (const [actor, task] of tasks) if (task.id === id) return actor;
  return undefined;
}

function isActive(actor: AnyActorRef): boolean {
  return (actor.getSnapshot() as { readonly status: string }).status === 'active';
}
