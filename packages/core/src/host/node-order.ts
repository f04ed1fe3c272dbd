import type { AnyActorRef } from 'xstate';

/** As much of a state node as it takes to put nodes in order. */
interface Node {
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly tags: readonly string[];
  readonly states: Readonly<Record<string, Node>>;
}

/** A machine's snapshot as XState holds it. */
interface Ordered {
  readonly machine?: { readonly root: Node };
  _nodes: readonly Node[];
  value: unknown;
  tags: ReadonlySet<string>;
}

/**
 * The active states in the order in which they were entered, by their ids; `undefined` where no order can be seen.
 *
 * XState asks the regions of a parallel state in this order for what they do at an event, and loses it in a persisted
 * snapshot.
 */
export function nodeOrder(snapshot: unknown): readonly string[] | undefined {
  const { _nodes: nodes } = snapshot as Ordered;
  return nodes.some(({ type }) => type === 'parallel') ? nodes.map(({ id }) => id) : undefined;
}

/** Puts the active states of a restored actor into the order that they were in. */
export function restoreNodeOrder(actor: AnyActorRef, order: readonly string[]): void {
  const snapshot = actor.getSnapshot() as Ordered;
  if (snapshot.machine === undefined) return;
  const ranks = new Map(order.map((id, index) => [id, index]));
  const rankOf = ({ id }: Node): number => ranks.get(id) ?? order.length;
  snapshot._nodes = snapshot._nodes.toSorted((one, other) => rankOf(one) - rankOf(other));
  snapshot.value = orderValue(snapshot.machine.root, snapshot.value, rankOf);
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
