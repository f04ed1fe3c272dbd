import { type AnyActorLogic, type AnyActorRef, type AnyStateMachine, StateMachine } from 'xstate';
import { ParleyError } from '../errors.ts';

/** Told when an actor that runs a promise is started, in place of running it. */
export type OnTaskStarted = (actor: AnyActorRef, name: string) => void;

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

/** A machine whose promises are recorded instead of run, and the functions that they would have run. */
export interface DurableMachine {
  readonly machine: AnyStateMachine;
  /** By name: the names of the actors from the root on, `askDate/lookUp`. */
  readonly tasks: ReadonlyMap<string, TaskFunction>;
}

/**
 * Makes a machine durable: every promise in it and in its child machines, invoked by name or inline, is replaced
 * by one that reports its start. Everything else stays as it is.
 *
 * @throws `error.platform.bot.not-durable` for actors that can not survive a restart, with the state and the fix.
 */
export function makeDurable(machine: AnyStateMachine, bot: string, onStarted: OnTaskStarted): DurableMachine {
  const tasks = new Map<string, TaskFunction>();
  const known = new Map<AnyActorLogic, AnyActorLogic>();

  function durableLogic(logic: AnyActorLogic, name: string, where: string): AnyActorLogic {
    const before = known.get(logic);
    if (before !== undefined) return before;
    const durable = wrap(logic, name, where);
    known.set(logic, durable);
    return durable;
  }

  function wrap(logic: AnyActorLogic, name: string, where: string): AnyActorLogic {
    if (logic instanceof StateMachine) return durableMachine(logic, name);
    if (!('start' in logic)) return logic; // fromTransition: state and nothing else
    if (isPromiseLogic(logic)) {
      tasks.set(name, logic.config);
      return recordedPromise(logic, name);
    }
    throw new ParleyError('error.platform.bot.not-durable', {
      bot,
      problem: `${where} runs a callback, an observable or another actor that lives in memory only and is gone after a restart`,
      fix: 'Use fromPromise for work, after for waiting, and a child machine for a conversation of its own.',
    });
  }

  function durableMachine(original: AnyStateMachine, name: string): AnyStateMachine {
    // A machine may spawn itself: its copy has to be known before its actors are looked at.
    const actors: Record<string, AnyActorLogic> = {};
    const copy: AnyStateMachine = new StateMachine(
      durableConfig(original, original.config as StateConfig, name, `the machine ${original.id}`) as never,
      { ...original.implementations, actors } as never,
    );
    known.set(original, copy);
    for (const [src, logic] of Object.entries(original.implementations.actors)) {
      actors[src] = durableLogic(logic as AnyActorLogic, join(name, src), `the actor ${src} of ${original.id}`);
    }
    return copy;
  }

  function durableConfig(owner: AnyStateMachine, config: StateConfig, name: string, where: string): StateConfig {
    const { invoke, states } = config;
    return {
      ...config,
      ...(invoke === undefined
        ? {}
        : {
            invoke: asArray(invoke).map((one, index) =>
              durableInvoke(owner, one, join(name, `${where}#${index}`), where),
            ),
          }),
      ...(states === undefined
        ? {}
        : {
            states: Object.fromEntries(
              Object.entries(states).map(([key, child]) => [
                key,
                durableConfig(owner, child, name, `the state ${key}`),
              ]),
            ),
          }),
    };
  }

  function durableInvoke(owner: AnyStateMachine, invoke: InvokeConfig, name: string, where: string): InvokeConfig {
    if (typeof invoke.src !== 'string') return { ...invoke, src: durableLogic(invoke.src, name, where) };
    if (invoke.src in owner.implementations.actors) return invoke;
    throw new ParleyError('error.platform.bot.not-durable', {
      bot,
      problem: `${where} invokes ${invoke.src}, which is not given`,
      fix: `Add it under actors in setupBot, or with machine.provide({ actors: { ${invoke.src} } }).`,
    });
  }

  function recordedPromise(logic: PromiseLogic, name: string): AnyActorLogic {
    return {
      ...logic,
      start(snapshot: { readonly status: string }, { self }: { readonly self: AnyActorRef }) {
        if (snapshot.status === 'active') onStarted(self, name);
      },
    } as unknown as AnyActorLogic;
  }

  return { machine: durableLogic(machine, '', machine.id) as AnyStateMachine, tasks };
}

interface StateConfig {
  readonly invoke?: InvokeConfig | readonly InvokeConfig[];
  readonly states?: Readonly<Record<string, StateConfig>>;
}

interface InvokeConfig {
  readonly src: string | AnyActorLogic;
}

type PromiseLogic = AnyActorLogic & { readonly config: TaskFunction };

/**
 * Whether logic was made by `fromPromise`. XState does not mark its kinds of logic, so this asks how it behaves: only a
 * promise is done by this event.
 */
function isPromiseLogic(logic: AnyActorLogic): logic is PromiseLogic {
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

function asArray<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value as Item];
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
