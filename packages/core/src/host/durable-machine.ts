import { type AnyActorLogic, type AnyActorRef, type AnyStateMachine, StateMachine } from 'xstate';
import { ParleyError } from '../errors.ts';
import { findSpawns } from './inline-spawns.ts';
import { kindOf, type PromiseLogic, type TaskFunction } from './logic.ts';

/** Told when an actor that runs a promise is started, in place of running it. */
export type OnTaskStarted = (actor: AnyActorRef, name: string) => void;

/** Logic by the name under which its machine finds it again after a restart. */
export interface NamedLogic {
  readonly src: string;
  readonly logic: AnyActorLogic;
}

/** A machine whose promises are recorded instead of run, and the functions that they would have run. */
export interface DurableMachine {
  readonly machine: AnyStateMachine;
  /** By name: the names of the actors from the root on, `askDate/lookUp`. */
  readonly tasks: ReadonlyMap<string, TaskFunction>;
  /** What logic that a machine spawns without a name is called; `undefined` when it is nowhere to be found. */
  find(machine: unknown, logic: unknown): NamedLogic | undefined;
}

/**
 * Makes a machine durable: every promise in it and in its child machines, invoked or spawned, by name or inline, is
 * replaced by one that reports its start. Everything else stays as it is.
 *
 * @throws `error.platform.bot.not-durable` for actors that can not survive a restart, with the state and the fix.
 */
export function makeDurable(machine: AnyStateMachine, bot: string, onStarted: OnTaskStarted): DurableMachine {
  const tasks = new Map<string, TaskFunction>();
  const known = new Map<AnyActorLogic, AnyActorLogic>();
  const namesByMachine = new Map<unknown, Map<unknown, string>>();

  function durableLogic(logic: AnyActorLogic, name: string, where: string): AnyActorLogic {
    const before = known.get(logic);
    if (before !== undefined) return before;
    const durable = wrap(logic, name, where);
    known.set(logic, durable);
    return durable;
  }

  function wrap(logic: AnyActorLogic, name: string, where: string): AnyActorLogic {
    const what = kindOf(logic);
    switch (what.kind) {
      case 'machine':
        return durableMachine(what.logic, name);
      case 'promise':
        return recordedPromise(what.logic, name);
      case 'transition':
        return logic;
      case 'other':
        throw new ParleyError('error.platform.bot.not-durable', {
          bot,
          problem: `${where} runs a callback, an observable or another actor that lives in memory only and is gone after a restart`,
          fix: 'Use fromPromise for work, after for waiting, and a child machine for a conversation of its own.',
        });
    }
  }

  function durableMachine(original: AnyStateMachine, name: string): AnyStateMachine {
    // A machine may spawn itself: its copy has to be known before its actors are looked at.
    const actors: Record<string, AnyActorLogic> = {};
    const copy: AnyStateMachine = new StateMachine(
      durableConfig(original, original.config as StateConfig, name, []) as never,
      { ...original.implementations, actors } as never,
    );
    const names = new Map<unknown, string>();
    known.set(original, copy);
    namesByMachine.set(copy, names);
    const add = (src: string, logic: AnyActorLogic, where: string): void => {
      actors[src] = durableLogic(logic, join(name, src), where);
      if (!names.has(logic)) names.set(logic, src);
    };
    for (const [src, logic] of Object.entries(original.implementations.actors)) {
      add(src, logic as AnyActorLogic, `the actor ${src} of ${original.id}`);
    }
    const { actions } = original.implementations;
    for (const { src, at } of [...findSpawns(original.config), ...findSpawns(actions, 'actions')]) {
      if (typeof src === 'string') requireActor(original, src, `${original.id} (at ${at})`, 'spawns');
      else if (!names.has(src)) add(`spawn:${at}`, src, `${original.id} (at ${at})`);
    }
    return copy;
  }

  function durableConfig(
    owner: AnyStateMachine,
    config: StateConfig,
    name: string,
    path: readonly string[],
  ): StateConfig {
    const { invoke, states } = config;
    return {
      ...config,
      ...(invoke === undefined
        ? {}
        : { invoke: asArray(invoke).map((one, index) => durableInvoke(owner, one, name, path, index)) }),
      ...(states === undefined
        ? {}
        : {
            states: Object.fromEntries(
              Object.entries(states).map(([key, child]) => [key, durableConfig(owner, child, name, [...path, key])]),
            ),
          }),
    };
  }

  function durableInvoke(
    owner: AnyStateMachine,
    invoke: InvokeConfig,
    name: string,
    path: readonly string[],
    index: number,
  ): InvokeConfig {
    const where = path.length === 0 ? `the machine ${owner.id}` : `the state ${path.join('.')}`;
    if (typeof invoke.src === 'string') {
      requireActor(owner, invoke.src, where, 'invokes');
      return invoke;
    }
    return { ...invoke, src: durableLogic(invoke.src, join(name, `${path.join('.')}#${index}`), where) };
  }

  function requireActor(owner: AnyStateMachine, src: string, where: string, does: string): void {
    if (src in owner.implementations.actors) return;
    throw new ParleyError('error.platform.bot.not-durable', {
      bot,
      problem: `${where} ${does} ${src}, which is not given`,
      fix: `Add it under actors in setupBot, or with machine.provide({ actors: { ${src} } }).`,
    });
  }

  function recordedPromise(logic: PromiseLogic, name: string): AnyActorLogic {
    // Two names can be joined to the same path; the one function must not run for the other.
    const task = tasks.has(name) ? recordedName(name) : name;
    tasks.set(task, logic.config);
    return {
      ...logic,
      start(snapshot: { readonly status: string }, { self }: { readonly self: AnyActorRef }) {
        if (snapshot.status === 'active') onStarted(self, task);
      },
    } as unknown as AnyActorLogic;
  }

  function recordedName(name: string): string {
    let count = 2;
    while (tasks.has(`${name}~${count}`)) count += 1;
    return `${name}~${count}`;
  }

  return {
    machine: durableLogic(machine, '', machine.id) as AnyStateMachine,
    tasks,
    find(parent, logic) {
      const src = namesByMachine.get(parent)?.get(logic);
      const durable = known.get(logic as AnyActorLogic);
      return src === undefined || durable === undefined ? undefined : { src, logic: durable };
    },
  };
}

interface StateConfig {
  readonly invoke?: InvokeConfig | readonly InvokeConfig[];
  readonly states?: Readonly<Record<string, StateConfig>>;
}

interface InvokeConfig {
  readonly src: string | AnyActorLogic;
}

function asArray<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value as Item];
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
