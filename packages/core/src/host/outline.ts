import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** A state as people draw it, with the states within it and what leads from it. */
export interface StateOutline {
  /** Dotted path from the root: `ordering.size`; the root's is empty. */
  readonly path: string;
  readonly key: string;
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** The key of the child that it begins in. */
  readonly initial?: string;
  /** Of a history state: whether it remembers the states within states, too. */
  readonly history?: 'shallow' | 'deep';
  readonly description?: string;
  /** The tasks and machines that run in it. */
  readonly invokes: readonly string[];
  /** How many entry and exit actions it has. */
  readonly actions: number;
  /** What it says on entry and exit; absent where nobody has asked for texts, or nothing is said. */
  readonly says?: readonly string[];
  readonly transitions: readonly {
    /** As XState writes it: `message.received`, `xstate.after.600000.ask`; empty where it is looked at all the time. */
    readonly event: string;
    readonly guarded: boolean;
    /** What it depends on, where that has a name: `isDay`, `not isDay`, `isDay and isFree`. */
    readonly guard?: string;
    /** Paths; none for a transition that stays. */
    readonly targets: readonly string[];
    readonly actions: number;
    /** Whether all that it does is to hand something to what runs in the state, as `forwardTo` does. */
    readonly forwards?: true;
    /** What it says; absent as above. */
    readonly says?: readonly string[];
  }[];
  readonly states: readonly StateOutline[];
}

export interface OutlineOptions {
  /** What an action says, if that is its purpose; named ones are looked up first. Default: nobody asks for texts. */
  readonly textOf?: (action: unknown) => string | undefined;
}

/** A machine's outline, from its root on. */
export function outlineOf(machine: AnyStateMachine, { textOf }: OutlineOptions = {}): StateOutline {
  const says = (actions: readonly unknown[]) => {
    const texts = textOf === undefined ? [] : actions.map((action) => textOf(implementationOf(machine, action)));
    const said = texts.filter((text) => text !== undefined);
    return said.length === 0 ? {} : { says: said };
  };
  return outline(machine.root, says);
}

type Saying = (actions: readonly unknown[]) => Pick<StateOutline, 'says'>;

/** What XState calls logic that stands in the configuration, and has no name of its own. */
const INLINE = 'xstate.invoke.';

function outline(node: AnyStateNode, says: Saying): StateOutline {
  const initial = node.initial?.target[0]?.key;
  return {
    path: node.path.join('.'),
    key: node.key,
    type: node.type,
    ...(initial === undefined ? {} : { initial }),
    ...(node.type === 'history' ? { history: node.history === 'deep' ? ('deep' as const) : ('shallow' as const) } : {}),
    ...(node.description === undefined ? {} : { description: node.description }),
    invokes: node.invoke.map(({ id, src }) => (typeof src === 'string' && !src.startsWith(INLINE) ? src : id)),
    actions: node.entry.length + node.exit.length,
    ...says([...node.entry, ...node.exit]),
    transitions: transitionsOf(node, says),
    states: Object.values(node.states).map((state) => outline(state, says)),
  };
}

function transitionsOf(node: AnyStateNode, says: Saying): StateOutline['transitions'] {
  const all = [...node.transitions.values(), node.always ?? []].flat();
  return all.map(({ eventType, guard, target, actions }) => {
    const name = guardName(guard);
    return {
      event: eventType,
      guarded: guard !== undefined,
      ...(name === undefined ? {} : { guard: name }),
      targets: (target ?? []).map((state) => state.path.join('.')),
      actions: actions.length,
      ...(target === undefined && actions.length > 0 && actions.every((action) => isHandedTo(node, action))
        ? { forwards: true as const }
        : {}),
      ...says(actions),
    };
  });
}

/** Whether an action sends something to what is invoked in the state: XState keeps to whom on the function itself. */
function isHandedTo({ invoke }: AnyStateNode, action: unknown): boolean {
  if (typeof action !== 'function') return false;
  const { type, to } = action as { readonly type?: unknown; readonly to?: unknown };
  return type === 'xstate.sendTo' && invoke.some(({ id }) => id === to);
}

/** The action that a name stands for; any other as it is. */
function implementationOf({ implementations }: AnyStateMachine, action: unknown): unknown {
  const name = typeof action === 'string' ? action : (action as { readonly type?: unknown }).type;
  const named = typeof action === 'function' || typeof name !== 'string' ? undefined : implementations.actions[name];
  return named ?? action;
}

/** What `and`, `or` and `not` of XState are: functions that carry what they are made of. */
interface Combined {
  readonly check?: unknown;
  readonly guards?: readonly unknown[];
  readonly name: string;
}

/** A guard in words; nothing for a function, whose name says nothing. */
function guardName(guard: unknown): string | undefined {
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'object' && guard !== null) return String((guard as { readonly type?: unknown }).type);
  if (typeof guard !== 'function') return undefined;
  const { check, guards, name } = guard as unknown as Combined;
  if (check === undefined || guards === undefined) return undefined;
  const parts = guards.map((part) => (isCombination(part) && name !== 'or' ? bracketed(part) : guardName(part)));
  if (parts.some((part) => part === undefined)) return undefined;
  return name === 'not' ? `not ${parts[0]}` : parts.join(` ${name} `);
}

/** Whether it is made of several: these read wrongly after `not` and between `and`. */
function isCombination(guard: unknown): boolean {
  return typeof guard === 'function' && ((guard as unknown as Combined).guards?.length ?? 0) > 1;
}

function bracketed(guard: unknown): string | undefined {
  const name = guardName(guard);
  return name && `(${name})`;
}
