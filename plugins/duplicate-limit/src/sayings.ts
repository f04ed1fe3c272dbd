import { type Bot, saidBy } from '@parley/core';
import { fold } from './fingerprint.ts';

export type Machine = Bot['machine'];
export type StateNode = Machine['root'];
export type Transition = NonNullable<StateNode['always']>[number];

/** A place in a machine at which a fixed text is said. */
export interface Saying {
  /** The same for texts that count as equal. */
  readonly text: string;
  readonly state: StateNode;
  /** The transition that says it; absent where the state does, as it is entered or left. */
  readonly transition?: Transition;
}

/** Every fixed text that a machine says, child machines left aside. What is computed, or said by functions, is not seen. */
export function sayingsOf(machine: Machine): readonly Saying[] {
  return statesOf(machine.root).flatMap((state) => [
    ...fixedTexts(machine, [...state.entry, ...state.exit]).map((text) => ({ text, state })),
    ...transitionsOf(state).flatMap((transition) =>
      fixedTexts(machine, transition.actions).map((text) => ({ text, state, transition })),
    ),
    ...fixedTexts(machine, state.config.initial === undefined ? [] : state.initial.actions).map((text) => ({
      text,
      state,
    })),
  ]);
}

/** The machines that a state invokes. */
export function childrenOf(machine: Machine, state: StateNode): readonly Machine[] {
  const configs = [state.config.invoke ?? []].flat() as readonly { readonly src: unknown }[];
  return configs.flatMap(({ src }) => {
    const logic = typeof src === 'string' ? (machine.implementations.actors as Record<string, unknown>)[src] : src;
    return isMachine(logic) ? [logic] : [];
  });
}

/** A state and all that are inside of it. */
export function statesOf(state: StateNode): readonly StateNode[] {
  return [state, ...Object.values(state.states).flatMap(statesOf)];
}

export function transitionsOf(state: StateNode): readonly Transition[] {
  return [...[...state.transitions.values()].flat(), ...(state.always ?? [])];
}

function fixedTexts(machine: Machine, actions: readonly unknown[]): readonly string[] {
  return actions.flatMap((action) => {
    const said = saidBy(implementationOf(machine, action));
    if (said?.text === undefined) return [];
    return [JSON.stringify([fold(said.text), said.media.map(({ url }) => url)])];
  });
}

/** An action is written as a function, as the name of one, or as an object with its name. */
function implementationOf(machine: Machine, action: unknown): unknown {
  if (typeof action === 'function') return action;
  const name = typeof action === 'string' ? action : (action as { readonly type: string }).type;
  return (machine.implementations.actions as Record<string, unknown>)[name];
}

function isMachine(logic: unknown): logic is Machine {
  return typeof logic === 'object' && logic !== null && 'root' in logic && 'implementations' in logic;
}
