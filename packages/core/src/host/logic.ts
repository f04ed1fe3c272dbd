import { type AnyActorLogic, type AnyStateMachine, StateMachine } from 'xstate';

/** The function inside of `fromPromise`. */
export type TaskFunction = (context: TaskContext) => PromiseLike<unknown>;

/** What a task's function is given: XState's `input` and `signal`, and what it takes to be repeatable. */
export interface TaskContext {
  readonly input: unknown;
  /** Aborted when the state that wanted the result was left, or the time-out has passed. */
  readonly signal: AbortSignal;
  /** The same for every attempt at the same task: hand it to whatever must not happen twice. */
  readonly idempotencyKey: string;
  /** 1 at first. */
  readonly attempt: number;
}

export type PromiseLogic = AnyActorLogic & { readonly config: TaskFunction };

/** What actor logic is, as far as a host makes a difference. */
export type Kind =
  | { readonly kind: 'machine'; readonly logic: AnyStateMachine }
  | { readonly kind: 'promise'; readonly logic: PromiseLogic }
  | { readonly kind: 'transition' }
  /** A callback, an observable, or logic of somebody's own. */
  | { readonly kind: 'other' };

/** XState does not mark its kinds of logic, so this asks how they behave. */
export function kindOf(logic: AnyActorLogic): Kind {
  if (logic instanceof StateMachine) return { kind: 'machine', logic };
  if (isPromiseLogic(logic)) return { kind: 'promise', logic };
  return isTransitionLogic(logic) ? { kind: 'transition' } : { kind: 'other' };
}

/** Only a promise is done by this event. */
function isPromiseLogic(logic: AnyActorLogic): logic is PromiseLogic {
  if (!isFunction((logic as Partial<PromiseLogic>).config) || !isFunction(logic.start)) return false;
  const answer = Symbol('answer');
  try {
    const active = { status: 'active', output: undefined, error: undefined, input: undefined };
    const next: { readonly status: string; readonly output: unknown } = logic.transition(
      active as never,
      { type: 'xstate.promise.resolve', data: answer } as never,
      { self: {} } as never,
    );
    return next.status === 'done' && next.output === answer;
  } catch {
    return false;
  }
}

/** State and nothing else, kept as it is. */
function isTransitionLogic(logic: AnyActorLogic): boolean {
  if (!isFunction((logic as { readonly config?: unknown }).config) || 'start' in logic) return false;
  const snapshot = { status: 'active', context: undefined } as never;
  return (
    logic.getPersistedSnapshot(snapshot) === snapshot && logic.restoreSnapshot?.(snapshot, {} as never) === snapshot
  );
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
