import { machinesOf, nodesOf } from '@parley/core/host';
import type { Machine, StateNode, Transition } from './bot.ts';

/** All states of a machine and of its children, as far as they can be seen without running it. */
export interface Atlas {
  readonly machines: readonly Machine[];
  readonly nodes: readonly StateNode[];
  /** States by their ids, in the order of the definition. */
  among(ids: readonly string[]): readonly StateNode[];
  /** The same, with all states of an id where machines share it: the outer machine's and those of machines that active states invoke, or else all. */
  allAmong(ids: readonly string[]): readonly StateNode[];
  /** By its id. Where machines share ids: the state of the outer one. */
  get(id: string): StateNode | undefined;
  /** Of active states those that have no other active state inside, in the order of the definition. */
  leavesOf(ids: readonly string[]): readonly StateNode[];
  /** What may become active from a state on, guards left aside; the state itself included. Other machines are not looked into. */
  reachableFrom(node: StateNode): ReadonlySet<StateNode>;
}

export function createAtlas(machine: Machine): Atlas {
  const machines = [...machinesOf(machine)];
  const nodes = machines.flatMap(({ root }) => nodesOf(root));
  const byId = new Map<string, StateNode>();
  for (const node of nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  const among = (ids: readonly string[]): readonly StateNode[] => {
    const wanted = new Set(ids);
    return [...byId.values()].filter(({ id }) => wanted.has(id));
  };
  return {
    reachableFrom,
    machines,
    nodes,
    get: (id) => byId.get(id),
    among,
    allAmong(ids) {
      const active = nodes.filter(({ id }) => ids.includes(id));
      const running = new Set<unknown>([machine, ...active.flatMap(invokedBy)]);
      return active.filter((node) => {
        const sharing = active.filter(({ id }) => id === node.id);
        return running.has(node.machine) || !sharing.some(({ machine: other }) => running.has(other));
      });
    },
    leavesOf(ids) {
      const active = among(ids);
      return active.filter((node) => !Object.values(node.states).some((inner) => active.includes(inner)));
    },
  };
}

/** What a state invokes, itself or by the name of an implementation; machines among it. */
function invokedBy({ config, machine }: StateNode): readonly unknown[] {
  const invoked = [config.invoke ?? []].flat() as readonly { readonly src: unknown }[];
  return invoked.map(({ src }) => (typeof src === 'string' ? machine.implementations.actors[src] : src));
}

/** Whether it makes sense to ask if a state was reached: a machine begins in its root, and nobody is ever in a history. */
export function isCovered(node: StateNode): boolean {
  return node.type !== 'history' && node.parent !== undefined;
}

export function transitionsOf(node: StateNode): readonly Transition[] {
  return [...[...node.transitions.values()].flat(), ...(node.always ?? [])];
}

/** The states around a state, from the innermost on. */
export function around({ parent }: StateNode): readonly StateNode[] {
  return parent === undefined ? [] : [parent, ...around(parent)];
}

function reachableFrom(start: StateNode): ReadonlySet<StateNode> {
  const entered = new Set<StateNode>();
  const asked = new Set<StateNode>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (entered.has(node)) continue;
    entered.add(node);
    open.push(...enteredWith(node));
    // Those around it are active as well, but what they begin in is not entered by that.
    for (const active of [node, ...around(node)]) {
      if (asked.has(active)) continue;
      asked.add(active);
      open.push(...transitionsOf(active).flatMap(({ target = [] }) => target));
      if (active !== node && active.type === 'parallel') open.push(...enteredWith(active));
    }
  }
  return new Set([...entered, ...asked]);
}

/** What is entered along with a state; with a history, anything that it may remember. */
function enteredWith(node: StateNode): readonly StateNode[] {
  switch (node.type) {
    case 'parallel':
      return Object.values(node.states);
    case 'compound':
      return node.initial.target;
    case 'history':
      return node.parent === undefined ? [] : Object.values(node.parent.states);
    default:
      return [];
  }
}
