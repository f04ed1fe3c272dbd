import type { AnyActorRef } from 'xstate';

/** As much of a state node as it takes to put nodes in order. */
interface Node {
  readonly id: string;
  readonly type: string;
  readonly path: readonly string[];
  readonly parent: Node | undefined;
  readonly tags: readonly string[];
  readonly states: Readonly<Record<string, Node>>;
}

/** A machine's snapshot as XState holds it. */
interface Ordered {
  readonly machine?: { readonly root: Node; readonly idMap: ReadonlyMap<string, Node> };
  _nodes: readonly Node[];
  value: unknown;
  tags: ReadonlySet<string>;
}

/**
 * The active states in the order in which they were entered, by their ids; `undefined` where XState finds them again by itself.
 *
 * XState asks the regions of a parallel state in this order for what they do at an event, and loses it in a persisted
 * snapshot. It loses as well that a parent of an active state is not active, which comes of transitions to the history of a
 * parallel state from inside of it.
 */
export function nodeOrder(snapshot: unknown): readonly string[] | undefined {
  const { _nodes: nodes } = snapshot as Ordered;
  return isChain(nodes) ? undefined : nodes.map(({ id }) => id);
}

/** Whether it is one state in the other, from the root on. */
function isChain(nodes: readonly Node[]): boolean {
  let depth = 0;
  for (const { type, path, parent } of nodes) {
    if (type === 'parallel' || (parent !== undefined && !nodes.includes(parent))) return false;
    depth = Math.max(depth, path.length + 1);
  }
  return depth === nodes.length;
}

/** Puts the active states of a restored actor into the order that they were in. */
export function restoreNodeOrder(actor: AnyActorRef, order: readonly string[], value: unknown): void {
  const snapshot = actor.getSnapshot() as Ordered;
  const { machine } = snapshot;
  if (machine === undefined) return;
  const ranks = new Map(order.map((id, index) => [id, index]));
  const rankOf = ({ id }: Node): number => ranks.get(id) ?? order.length;
  snapshot._nodes = order.flatMap((id) => machine.idMap.get(id) ?? []);
  snapshot.value = orderValue(machine.root, value, rankOf);
  snapshot.tags = new Set(snapshot._nodes.flatMap(({ tags }) => tags));
}

function orderValue(node: Node, value: unknown, rankOf: (node: Node) => number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const children = Object.entries(value).flatMap(([key, inner]) => {
    const child = node.states[key];
    return child === undefined ? [] : [{ key, child, inner }];
  });
  children.sort((one, other) => rankOf(one.child) - rankOf(other.child));
  return Object.fromEntries(children.map(({ key, child, inner }) => [key, orderValue(child, inner, rankOf)]));
}
