import type { Happening } from '../support/scenario.ts';

/** A random machine in plain JSON, so that a counterexample can be read, kept and made smaller. */
export interface MachineSpec {
  readonly root: StateSpec;
  /** What it can invoke and spawn, as `k0`, `k1`, … */
  readonly actors: readonly ActorSpec[];
  readonly hasOutput: boolean;
}

export type ActorSpec =
  | { readonly kind: 'machine'; readonly machine: MachineSpec }
  | { readonly kind: 'promise' }
  | { readonly kind: 'transition' };

/** A state; its id is `s` and its number, counted from the root on in the order of the text. */
export interface StateSpec {
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'shallow' | 'deep';
  readonly states: readonly StateSpec[];
  readonly entry: readonly ActionSpec[];
  readonly exit: readonly ActionSpec[];
  readonly on: readonly (TransitionSpec & { readonly event: string })[];
  readonly always: readonly TransitionSpec[];
  readonly after: readonly (TransitionSpec & { readonly delay: DelaySpec })[];
  readonly invoke: readonly InvokeSpec[];
  readonly onDone?: TransitionSpec;
  readonly hasOutput: boolean;
}

/** Numbers stand for states, actors and children by their place, counted around when there are fewer. */
export interface TransitionSpec {
  readonly target?: number;
  readonly reenter: boolean;
  readonly guard?: GuardSpec;
  readonly actions: readonly ActionSpec[];
}

export type GuardSpec =
  | { readonly kind: 'count'; readonly rest: number }
  | { readonly kind: 'in'; readonly state: number }
  | { readonly kind: 'not'; readonly guard: GuardSpec };

/** Milliseconds, or the name of one of the delays that every machine has. */
export type DelaySpec = number | 'named' | 'dynamic';

export interface InvokeSpec {
  readonly actor: number;
  readonly id?: string;
  readonly systemId?: string;
  /** By its logic instead of its name. */
  readonly isInline: boolean;
  readonly onDone?: TransitionSpec;
  readonly onError?: TransitionSpec;
  readonly onSnapshot?: TransitionSpec;
}

interface Sent {
  readonly event: string;
  readonly delay?: DelaySpec;
  readonly id?: string;
}

export type ActionSpec =
  | { readonly do: 'emit' }
  | { readonly do: 'count' }
  /** Puts a value into context that JSON may not have. */
  | { readonly do: 'keep'; readonly value: number }
  /** Puts a reference into context: to oneself, to a child, to the parent. */
  | { readonly do: 'refer'; readonly to: string }
  | ({ readonly do: 'raise' } & Sent)
  | { readonly do: 'cancel'; readonly id: string }
  | ({ readonly do: 'sendTo'; readonly child: string } & Sent)
  /** By the id itself: throws when the child has just been stopped. */
  | ({ readonly do: 'sendToId'; readonly child: string } & Sent)
  | ({ readonly do: 'sendToRef' } & Sent)
  | ({ readonly do: 'sendToSystem'; readonly systemId: string } & Sent)
  | ({ readonly do: 'sendParent' } & Sent)
  | { readonly do: 'sendSelf'; readonly event: string }
  | { readonly do: 'forward'; readonly child: string }
  | {
      readonly do: 'spawn';
      readonly actor: number;
      readonly id?: string;
      readonly systemId?: string;
      readonly isInline: boolean;
      readonly sync: boolean;
    }
  | { readonly do: 'spawnRef'; readonly actor: number; readonly id?: string }
  | { readonly do: 'stop'; readonly child: string }
  | { readonly do: 'enqueue'; readonly actions: readonly ActionSpec[]; readonly guard?: GuardSpec }
  | { readonly do: 'throw'; readonly rest: number };

export interface RandomScenario {
  readonly machine: MachineSpec;
  readonly script: readonly Happening[];
}
