import type { AnyActorRef } from 'xstate';
import type { ActorTree } from './actor-tree.ts';
import { nodeOrder } from './node-order.ts';

/** What is kept of an actor: XState's persisted snapshot, which XState can restore. */
export interface PersistedSnapshot {
  readonly status: string;
  readonly value?: unknown;
  readonly context?: unknown;
  readonly children?: Readonly<Record<string, PersistedChild>>;
  /** The active states in the order in which they were entered, where that matters: see `node-order.ts`. */
  readonly nodes?: readonly string[];
  readonly [field: string]: unknown;
}

/** A child actor, by the name of its logic among the actors of its parent. */
export interface PersistedChild {
  readonly snapshot: PersistedSnapshot;
  readonly src: unknown;
  readonly systemId?: string;
  readonly syncSnapshot?: boolean;
  /** Whether a state invokes it: it goes when no active state does any more. */
  readonly isInvoked?: true;
}

/**
 * The persisted snapshot of an actor and of its children, with context as it is.
 *
 * XState's own spells out what is not there (`output: undefined`), replaces references to actors by ids that only a parent
 * can look up, and loses children that it lists under another name than their own.
 */
export function persist(actor: AnyActorRef, tree: ActorTree): PersistedSnapshot {
  const snapshot: LiveSnapshot = actor.getSnapshot();
  if (snapshot.machine === undefined) return dropUndefined(snapshot);
  const { status, value, context, historyValue, output, error } = snapshot;
  const nodes = nodeOrder(snapshot);
  return {
    status,
    value,
    ...(nodes === undefined ? {} : { nodes }),
    ...(historyValue === undefined || isEmpty(historyValue) ? {} : { historyValue: persistHistory(historyValue) }),
    context,
    children: persistChildren(actor, tree),
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
  };
}

function persistChildren(actor: AnyActorRef, tree: ActorTree): Record<string, PersistedChild> {
  const children: Record<string, PersistedChild> = {};
  const living = tree.childrenOf(actor);
  if (living.length === 0) return children;
  const { _nodes: nodes = [] } = actor.getSnapshot() as LiveSnapshot;
  for (const child of living) {
    const { src, systemId, _syncSnapshot } = child as unknown as Pick<PersistedChild, 'src' | 'systemId'> & {
      readonly _syncSnapshot?: boolean;
    };
    children[child.id] = {
      snapshot: persist(child, tree),
      src,
      ...(systemId === undefined ? {} : { systemId }),
      ...(_syncSnapshot === true ? { syncSnapshot: true } : {}),
      ...(isInvoked(nodes, child.id, src) ? { isInvoked: true } : {}),
    };
  }
  return children;
}

function isInvoked(nodes: readonly Node[], child: string, logic: unknown): boolean {
  return nodes.some(({ invoke }) => invoke.some(({ id, src }) => id === child && src === logic));
}

/** As much of a state node as it takes to see what it invokes. */
interface Node {
  readonly invoke: readonly { readonly id: string; readonly src: string }[];
}

function persistHistory(history: NonNullable<LiveSnapshot['historyValue']>): Record<string, readonly { id: string }[]> {
  const persisted: Record<string, readonly { id: string }[]> = {};
  for (const [id, nodes] of Object.entries(history)) persisted[id] = nodes.map((node) => ({ id: node.id }));
  return persisted;
}

/** A snapshot as XState holds it: of a machine, with its machine; of other logic, just as it is persisted. */
interface LiveSnapshot extends PersistedSnapshot {
  readonly machine?: unknown;
  readonly _nodes?: readonly Node[];
  readonly historyValue?: Readonly<Record<string, readonly { readonly id: string }[]>>;
  readonly output?: unknown;
  readonly error?: unknown;
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

function dropUndefined<Value extends object>(value: Value): Value {
  const kept: Partial<Value> = {};
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key];
  return kept as Value;
}
