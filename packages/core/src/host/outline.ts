import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** A state as people draw it, with the states within it and what leads from it. */
export interface StateOutline {
  /** Dotted path from the root: `ordering.size`; the root's is empty. */
  readonly path: string;
  readonly key: string;
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** The key of the child that it begins in. */
  readonly initial?: string;
  readonly description?: string;
  /** The tasks and machines that run in it. */
  readonly invokes: readonly string[];
  /** How many entry and exit actions it has. */
  readonly actions: number;
  readonly transitions: readonly {
    /** As XState writes it: `message.received`, `xstate.after.600000.ask`; empty where it is looked at all the time. */
    readonly event: string;
    readonly guarded: boolean;
    /** Paths; none for a transition that stays. */
    readonly targets: readonly string[];
    readonly actions: number;
  }[];
  readonly states: readonly StateOutline[];
}

/** A machine's outline, from its root on. */
export function outlineOf(machine: AnyStateMachine): StateOutline {
  return outline(machine.root);
}

function outline(node: AnyStateNode): StateOutline {
  const initial = node.initial?.target[0]?.key;
  return {
    path: node.path.join('.'),
    key: node.key,
    type: node.type,
    ...(initial === undefined ? {} : { initial }),
    ...(node.description === undefined ? {} : { description: node.description }),
    invokes: node.invoke.map(({ id, src }) => (typeof src === 'string' ? src : id)),
    actions: node.entry.length + node.exit.length,
    transitions: transitionsOf(node),
    states: Object.values(node.states).map(outline),
  };
}

function transitionsOf(node: AnyStateNode): StateOutline['transitions'] {
  const all = [...node.transitions.values(), node.always ?? []].flat();
  return all.map(({ eventType, guard, target, actions }) => ({
    event: eventType,
    guarded: guard !== undefined,
    targets: (target ?? []).map((state) => state.path.join('.')),
    actions: actions.length,
  }));
}
