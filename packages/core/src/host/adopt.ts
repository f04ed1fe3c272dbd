import { type AnyActorLogic, type AnyActorRef, type AnyStateMachine, StateMachine, spawnChild } from 'xstate';
import { isActive } from './actor-tree.ts';
import type { CaptiveScheduler } from './captive-scheduler.ts';
import type { PersistedChild, PersistedSnapshot } from './snapshot.ts';

/**
 * A snapshot as the machine of another version can restore it: without the children of invokes whose states are not active,
 * and those that are under the logic that their invokes have now. What a machine has spawned stays.
 *
 * Throws when a state is active that the machine does not have.
 */
export function fitSnapshot(machine: AnyStateMachine, snapshot: PersistedSnapshot): PersistedSnapshot {
  const children: Record<string, PersistedChild> = {};
  const { value, _nodes: active } = resolve(machine, snapshot);
  const invokes = new Map(active.flatMap(({ invoke }) => invoke.map((one) => [one.id, one])));
  for (const [id, child] of Object.entries(snapshot.children ?? {})) {
    const invoke = invokes.get(id);
    if (invoke === undefined && child.isInvoked) continue;
    children[id] = fitChild(machine, invoke && child.isInvoked ? { ...child, ...invokedBy(invoke) } : child);
  }
  return { ...snapshot, value, children, ...(snapshot.nodes && { nodes: fitOrder(active, snapshot.nodes) }) };
}

/** The active states in the order that they were in, those that are new last. */
function fitOrder(active: readonly Node[], order: readonly string[]): readonly string[] {
  const ranks = new Map(order.map((id, index) => [id, index]));
  const rankOf = (id: string): number => ranks.get(id) ?? order.length;
  return active.map(({ id }) => id).sort((one, other) => rankOf(one) - rankOf(other));
}

function fitChild(machine: AnyStateMachine, child: PersistedChild): PersistedChild {
  const logic = logicOf(machine, child.src);
  const isMachine = logic instanceof StateMachine && child.snapshot.status === 'active';
  return isMachine ? { ...child, snapshot: fitSnapshot(logic, child.snapshot) } : child;
}

function invokedBy({ src, systemId, onSnapshot }: Invoke): Omit<PersistedChild, 'snapshot'> {
  return { src, isInvoked: true, syncSnapshot: onSnapshot !== undefined, ...(systemId ? { systemId } : {}) };
}

/**
 * Gives a restored machine and the machines below it what their active states define and they have not: timers of `after` with
 * their full delay from now, and invoked actors. Takes timers away that no active state defines. Runs no entry actions.
 *
 * What the new actors answer at once is heard when all of it is done.
 */
export function completeActive(root: AnyActorRef, scheduler: CaptiveScheduler): void {
  const machines = activeMachines(root);
  for (const { mailbox } of machines) mailbox._active = false;
  for (const actor of machines) {
    const nodes = actor.getSnapshot()._nodes.toSorted((one, other) => one.order - other.order);
    for (const { id } of obsoleteTimers(actor, nodes, scheduler)) scheduler.cancel(actor, id);
    for (const node of nodes) for (const action of missing(actor, node, scheduler)) perform(actor, action);
    while (actor._deferred.length > 0) actor._deferred.shift()?.();
  }
  for (const { mailbox } of machines) mailbox.start();
}

/** What an invoke's input and a delay are given as the event. */
const ADOPTED = { type: 'parley.migrated' };

function obsoleteTimers(actor: Machine, nodes: readonly Node[], { pending }: CaptiveScheduler) {
  const defined = new Set(nodes.flatMap(({ after }) => after.map(({ eventType }) => eventType)));
  return pending.filter(({ source, event, id }) => source === actor && isAfter(event.type, id) && !defined.has(id));
}

/** `after` is a delayed raise whose id is the type of its event. */
function isAfter(type: string, id: string): boolean {
  return type === id && id.startsWith('xstate.after.');
}

/** The actions by which XState itself would begin what an active state defines and its machine has not. */
function missing(actor: Machine, { after, entry, invoke }: Node, { pending }: CaptiveScheduler): readonly Action[] {
  const wanted = new Set(after.map(({ eventType }) => eventType));
  for (const { source, id } of pending) if (source === actor) wanted.delete(id);
  const { children } = actor.getSnapshot();
  return [
    ...entry.filter(({ type, id }) => type === 'xstate.raise' && id !== undefined && wanted.has(id)),
    ...invoke
      .filter(({ id }) => children[id] === undefined)
      .map((one) => spawnChild(one.src, { ...one, syncSnapshot: one.onSnapshot !== undefined } as never)),
  ] as readonly Action[];
}

/** As XState resolves and executes an action in the course of a transition; what it defers is the caller's to run. */
function perform(actor: Machine, action: Action): void {
  const { _actorScope: scope, system } = actor;
  const snapshot = actor.getSnapshot();
  const internalQueue: { readonly type: string }[] = [];
  const given = { context: snapshot.context, event: ADOPTED, self: actor, system };
  const [next, params] = action.resolve(scope, snapshot, given, undefined, action, { internalQueue });
  actor._snapshot = next;
  action.execute(scope, params);
  for (const event of internalQueue) actor.send(event);
}

function activeMachines(actor: AnyActorRef): readonly Machine[] {
  if (!isActive(actor) || !isMachine(actor)) return [];
  const children = Object.values(actor.getSnapshot().children);
  return [actor, ...children.flatMap((child) => (child === undefined ? [] : activeMachines(child)))];
}

function isMachine(actor: unknown): actor is Machine {
  return (actor as Machine).logic instanceof StateMachine;
}

function resolve(machine: AnyStateMachine, { value }: PersistedSnapshot): MachineSnapshot {
  return machine.resolveState({ value: value as never, context: {} }) as unknown as MachineSnapshot;
}

/** The logic behind a name: one of the machine's actors, or an inline one of an invoke. */
function logicOf(machine: AnyStateMachine, src: unknown): AnyActorLogic | undefined {
  if (typeof src !== 'string') return undefined;
  const [, index, id] = /^xstate\.invoke\.(\d+)\.(.*)/.exec(src) ?? [];
  if (index === undefined || id === undefined) return machine.implementations.actors[src] as AnyActorLogic | undefined;
  const invoke = (machine.getStateNodeById(id).config as { readonly invoke?: unknown }).invoke;
  const one = Array.isArray(invoke) ? invoke[Number(index)] : invoke;
  return (one as { readonly src?: AnyActorLogic } | undefined)?.src;
}

/** An invoke of a state, as XState has worked it out. */
interface Invoke {
  readonly id: string;
  readonly src: string;
  readonly systemId?: string;
  readonly onSnapshot?: unknown;
}

interface Action {
  readonly type: string;
  readonly id?: string;
  resolve(
    scope: unknown,
    snapshot: MachineSnapshot,
    given: object,
    params: undefined,
    action: Action,
    extra: { readonly internalQueue: { readonly type: string }[] },
  ): readonly [MachineSnapshot, unknown];
  execute(scope: unknown, params: unknown): void;
}

/** As much of a state node as it takes to begin what it defines. */
interface Node {
  readonly id: string;
  readonly order: number;
  readonly after: readonly { readonly eventType: string }[];
  readonly entry: readonly Action[];
  readonly invoke: readonly Invoke[];
}

interface MachineSnapshot {
  readonly value: unknown;
  readonly _nodes: readonly Node[];
  readonly context: unknown;
  readonly children: Readonly<Record<string, AnyActorRef | undefined>>;
}

/** A machine's actor with what is touched beyond its published type. */
interface Machine extends Omit<AnyActorRef, 'getSnapshot'> {
  readonly logic: unknown;
  readonly mailbox: { _active: boolean; start(): void };
  readonly _deferred: (() => void)[];
  readonly _actorScope: unknown;
  _snapshot: MachineSnapshot;
  getSnapshot(): MachineSnapshot;
}
