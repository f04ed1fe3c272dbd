import type { AnyActor, AnyActorRef, AnyEventObject } from 'xstate';
import { ParleyError } from '../errors.ts';
import { type ActorPath, type ActorTree, actorAt, actorTree, isOver } from './actor-tree.ts';
import { completeActive, fitSnapshot } from './adopt.ts';
import type { PendingEvent } from './captive-scheduler.ts';
import { type CaptiveActor, CaptiveSystem, type Move, type Recording } from './captive-system.ts';
import { checkBody, checkValue } from './check.ts';
import { encode, isPlainJson } from './codec.ts';
import {
  type DocumentBody,
  decodeDocument,
  type HostDocument,
  type HostEvent,
  type HostStep,
  type HostTask,
  type HostTimer,
  isSameTimer,
} from './document.ts';
import type { DurableMachine } from './durable-machine.ts';
import { goneActor } from './gone-actor.ts';
import { restoreNodeOrder } from './node-order.ts';
import { replaceActors, reviveActors } from './references.ts';
import { type PersistedSnapshot, persist } from './snapshot.ts';

/** What a life is given besides its machine. */
export interface LifeOptions {
  /** Names the machine in errors. */
  readonly name: string;
  readonly checks: boolean;
  readonly now: number;
  /** How many names the document has given. */
  readonly named: number;
  readonly onMove: OnMove | undefined;
}

/** Told where a machine is: see {@link HostMove}. */
export type OnMove = (move: HostMove) => void;

/** Where the machine or one of its children has come to in one microstep. States are named by their ids, as XState writes them. */
export interface HostMove {
  readonly actor: ActorPath;
  /** All that are active now, those around others included, in no particular order. */
  readonly active: readonly string[];
  /** Those whose transitions were taken; none as an actor begins or comes back from a document. */
  readonly from: readonly string[];
}

interface BegunTask {
  readonly actor: AnyActorRef;
  readonly name: string;
}

/** A machine brought to life for one event: from a document to the next. */
export class Life implements Recording {
  readonly #durable: DurableMachine;
  readonly #options: LifeOptions;
  readonly #system: CaptiveSystem;
  readonly #emitted: AnyEventObject[] = [];
  readonly #begun: BegunTask[] = [];
  /** The actors of earlier lives that wait for a promise, with the name that its function has now. */
  readonly #resumed: BegunTask[] = [];
  /** The tasks that were begun in earlier lives, by the actors that wait for them. */
  readonly #tasks = new Map<AnyActorRef, HostTask>();
  readonly #timers: { readonly timer: HostTimer; readonly pending: PendingEvent }[] = [];
  /** The actors without an id of their own: their parents list the last of them only. */
  readonly #anonymous: AnyActorRef[] = [];
  #named: number;
  #root: AnyActor | undefined;
  /** What the host refuses while the machine runs. A machine could catch it and go on without what it asked for. */
  #refusal: ParleyError | undefined;

  constructor(durable: DurableMachine, options: LifeOptions) {
    this.#durable = durable;
    this.#options = options;
    this.#named = options.named;
    this.#system = new CaptiveSystem(this, options.now);
  }

  emitted(event: AnyEventObject): void {
    this.#emitted.push(event);
  }

  moved(actor: CaptiveActor, { snapshot, _transitions = [] }: Move): void {
    const { onMove } = this.#options;
    if (onMove === undefined || snapshot._nodes === undefined) return;
    onMove({
      actor: pathOf(actor),
      active: snapshot._nodes.map(({ id }) => id),
      from: _transitions.map(({ source }) => source.id),
    });
  }

  nameTimer(): string {
    return this.#name('timer');
  }

  created(actor: CaptiveActor, isRoot: boolean): void {
    // XState names an actor without an id by a counter of the process: after a restart it would give a name again that is
    // in a document already.
    if (actor.id === actor.sessionId) {
      actor.id = this.#name('actor');
      actor._actorScope.id = actor.id;
      this.#anonymous.push(actor as unknown as AnyActorRef);
    }
    if (!isRoot && typeof actor.src !== 'string') this.#nameLogic(actor);
  }

  begun(actor: AnyActorRef, name: string): void {
    (this.#system.isRestoring ? this.#resumed : this.#begun).push({ actor, name });
  }

  begin(input: unknown): void {
    if (this.#options.checks) checkValue(this.#options.name, input, 'input');
    this.#root = this.#system.create(this.#durable.machine, { input });
    this.#root.start();
  }

  /**
   * Starts from a document, with timers where cancels and replacements find them.
   *
   * @throws `error.platform.bot.not-restorable`
   */
  resume(document: HostDocument): void {
    this.#restore(document, (snapshot) => snapshot);
  }

  /**
   * Starts from a document of another version, and makes it whole.
   *
   * @throws `error.platform.bot.not-restorable`
   */
  adopt(document: HostDocument): void {
    const root = this.#restore(document, (snapshot) => fitSnapshot(this.#durable.machine, snapshot));
    for (const { actor, name } of this.#resumed) {
      const task = this.#tasks.get(actor);
      if (task === undefined) this.#begun.push({ actor, name });
      else if (task.name !== name) this.#tasks.set(actor, { ...task, name });
    }
    completeActive(root, this.#system.scheduler);
  }

  deliver(event: HostEvent): void {
    switch (event.kind) {
      case 'event':
        if (this.#options.checks) checkValue(this.#options.name, event.event, 'event');
        this.#root?.send(event.event);
        break;
      case 'timer': {
        const found = this.#timers.find(({ timer }) => isSameTimer(timer, event.timer));
        if (found !== undefined) this.#system.scheduler.fire(found.pending);
        break;
      }
      case 'task.done':
        if (this.#options.checks) checkValue(this.#options.name, event.output, 'output');
        this.#taskActor(event.id)?.send({ type: 'xstate.promise.resolve', data: event.output });
        break;
      case 'task.failed':
        this.#taskActor(event.id)?.send({ type: 'xstate.promise.reject', data: event.error });
        break;
    }
  }

  /** Reads everything back. Throws what the machine threw. */
  end(): HostStep {
    if (this.#refusal !== undefined) throw this.#refusal;
    const root = this.#root;
    if (root === undefined) throw new Error('A life ends that has not begun.');
    const { status, error, output } = root.getSnapshot() as PersistedSnapshot;
    if (status === 'error') throw error;
    const { running } = this.#system;
    const tree = actorTree(
      root,
      this.#anonymous.filter((actor) => running.has(actor) || isOver(actor)),
    );
    const waits = status === 'active';
    const body: DocumentBody = {
      snapshot: persist(root, tree),
      timers: waits ? this.#pendingTimers(tree) : [],
      tasks: waits ? this.#waitedFor(tree) : [],
      ...(output === undefined ? {} : { output }),
    };
    if (this.#options.checks) checkBody(this.#options.name, body, this.#emitted);
    return {
      document: { status: waits ? 'active' : 'done', ...encodeBody(body, tree), named: this.#named },
      emitted: this.#emitted,
    };
  }

  /** What somebody has kept of the machine is dead from here on. */
  leave(): void {
    this.#system.end();
  }

  #restore(document: HostDocument, fit: (snapshot: PersistedSnapshot) => PersistedSnapshot): AnyActor {
    this.#system.isRestoring = true;
    try {
      const body = decodeDocument(document);
      const snapshot = fit(body.snapshot);
      const root = this.#system.create(this.#durable.machine, { snapshot });
      this.#root = root;
      if (document.hasReferences) reviveActors(body, (path, id) => (path && actorAt(root, path)) ?? goneActor(id));
      completeRestored(root, snapshot);
      root.start();
      for (const timer of body.timers) this.#restoreTimer(root, timer);
      for (const task of body.tasks) {
        const actor = actorAt(root, task.path);
        if (actor !== undefined) this.#tasks.set(actor, task);
      }
      return root;
    } catch (cause) {
      const problem = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
      throw new ParleyError('error.platform.bot.not-restorable', { bot: this.#options.name, problem }, { cause });
    } finally {
      this.#system.isRestoring = false;
    }
  }

  #name(kind: 'actor' | 'timer' | 'task'): string {
    this.#named += 1;
    return `${kind}-${this.#named}`;
  }

  /** Gives an actor that was spawned from logic itself the name by which the logic is found after a restart. */
  #nameLogic(actor: CaptiveActor): void {
    const named = this.#durable.find(actor._parent?.logic, actor.src);
    if (named !== undefined) {
      actor.src = named.src;
      actor.logic = named.logic;
      return;
    }
    const parent = (actor._parent?.logic as { readonly id?: string } | undefined)?.id ?? this.#options.name;
    this.#refusal ??= new ParleyError('error.platform.bot.not-durable', {
      bot: this.#options.name,
      problem: `${parent} spawned ${actor.id} from logic without a name, which nobody finds again after a restart`,
      fix: "Put the logic under actors and spawn it by its name there: spawn('name').",
    });
    throw this.#refusal;
  }

  #restoreTimer(root: AnyActorRef, timer: HostTimer): void {
    const source = actorAt(root, timer.source);
    const target = actorAt(root, timer.target);
    if (source === undefined || target === undefined) return;
    const { event, dueAt, id, isCancellable = true } = timer;
    const pending = { source, target, event, dueAt, id, isCancellable };
    this.#system.scheduler.restore(pending);
    this.#timers.push({ timer, pending });
  }

  #taskActor(id: string): AnyActorRef | undefined {
    for (const [actor, task] of this.#tasks) if (task.id === id) return actor;
    return undefined;
  }

  #pendingTimers({ paths, alive }: ActorTree): HostTimer[] {
    return this.#system.scheduler.pending.flatMap(({ source, target, event, dueAt, id, isCancellable }) => {
      const to = paths.get(target);
      // An event to an actor that has stopped would reach nobody.
      if (to === undefined || !alive.has(target)) return [];
      const from = alive.has(source) ? paths.get(source) : undefined;
      if (isCancellable) return from === undefined ? [] : [{ id, source: from, target: to, event, dueAt }];
      // Its source may have stopped since, and does not matter: nobody cancels it.
      return [{ id, source: from ?? to, target: to, event, dueAt, isCancellable }];
    });
  }

  #waitedFor({ paths, alive }: ActorTree): HostTask[] {
    const tasks: HostTask[] = [];
    for (const [actor, task] of this.#tasks) if (alive.has(actor)) tasks.push(task);
    for (const { actor, name } of this.#begun) {
      const path = paths.get(actor);
      if (path === undefined || !alive.has(actor)) continue;
      const { input } = actor.getSnapshot() as { readonly input: unknown };
      tasks.push({ id: this.#name('task'), path, name, ...(input === undefined ? {} : { input }) });
    }
    return tasks;
  }
}

function pathOf({ id, _parent }: CaptiveActor): ActorPath {
  return _parent === undefined ? [] : [...pathOf(_parent), id];
}

type EncodedBody = Pick<HostStep['document'], 'snapshot' | 'timers' | 'tasks' | 'output' | 'meta' | 'hasReferences'>;

function encodeBody(body: DocumentBody, tree: ActorTree): EncodedBody {
  if (isPlainJson(body)) return body;
  const { value, found } = replaceActors(body, tree);
  const { json, meta } = encode(value);
  return { ...json, ...(meta === undefined ? {} : { meta }), ...(found === 0 ? {} : { hasReferences: true }) };
}

/**
 * Makes sure that everything came back, and as it was: XState gives an actor that it can not restore the status `error`, and
 * leaves one out whose logic is gone.
 */
function completeRestored(actor: AnyActorRef, persisted: PersistedSnapshot, path: ActorPath = []): void {
  const { status, error } = actor.getSnapshot() as PersistedSnapshot;
  if (status === 'error' && persisted.status !== 'error') throw error;
  if (persisted.nodes !== undefined) restoreNodeOrder(actor, persisted.nodes, persisted.value);
  for (const [id, { snapshot, src }] of Object.entries(persisted.children ?? {})) {
    const child = actorAt(actor, [id]);
    const childPath = [...path, id];
    if (child === undefined) {
      throw new Error(`The actor ${childPath.join('/')} runs ${src}, which the machine does not have any more.`);
    }
    completeRestored(child, snapshot, childPath);
  }
}
