import type { AnyActorLogic, AnyStateMachine, AnyStateNode } from 'xstate';
import { findSpawns } from './inline-spawns.ts';
import { kindOf } from './logic.ts';

/**
 * The `meta` of a state, of the states around it and of the whole machine; also of a state of a child machine, as deep as it may be.
 *
 * @param id as XState writes it. Without one: the machine's own.
 */
export function metaAround(machine: AnyStateMachine, id?: string): readonly unknown[] {
  const metas: unknown[] = [machine.root.meta];
  if (id === undefined) return metas;
  for (const { root } of machinesOf(machine)) {
    let node: AnyStateNode | undefined = nodesOf(root).find((one) => one.id === id);
    for (; node !== undefined; node = node.parent) metas.push(node.meta);
  }
  return metas;
}

/** A machine and all that it invokes or spawns, as far as that can be seen without running it. */
export function machinesOf(machine: AnyStateMachine): ReadonlySet<AnyStateMachine> {
  const found = new Set<AnyStateMachine>();
  const add = (logic: unknown): void => {
    if (typeof logic !== 'object' || logic === null) return;
    const what = kindOf(logic as AnyActorLogic);
    if (what.kind !== 'machine' || found.has(what.logic)) return;
    found.add(what.logic);
    actorsOf(what.logic).forEach(add);
  };
  add(machine);
  return found;
}

function actorsOf({ implementations, config, root }: AnyStateMachine): readonly unknown[] {
  const { actors, actions } = implementations;
  const invoked = nodesOf(root).flatMap(({ config: { invoke = [] } }) => [invoke].flat() as { src: unknown }[]);
  const spawned = [...findSpawns(config), ...findSpawns(actions)];
  return [...Object.values(actors), ...[...invoked, ...spawned].map(({ src }) => src)];
}

/** A state and all that are in it. */
export function nodesOf(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)];
}
