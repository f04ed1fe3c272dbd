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
    /** `message.received`, `after 10 min`, `done`, `error`, `always`. */
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
    event: nameOf(eventType),
    guarded: guard !== undefined,
    targets: (target ?? []).map((state) => state.path.join('.')),
    actions: actions.length,
  }));
}

/** XState's own event types in words. */
function nameOf(type: string): string {
  if (type === '') return 'always';
  const [, delay] = /^xstate\.after\.(.+?)\./.exec(type) ?? [];
  if (delay !== undefined) return `after ${/^\d+$/.test(delay) ? durationOf(Number(delay)) : delay}`;
  if (/^xstate\.done\./.test(type)) return 'done';
  if (/^xstate\.error\./.test(type)) return 'error';
  return type;
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `1 h 30 min`, exactly. */
function durationOf(milliseconds: number): string {
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  if (rest > 0 || parts.length === 0) parts.push(`${rest} ms`);
  return parts.join(' ');
}
