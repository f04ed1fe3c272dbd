import {
  type AnyActorLogic,
  type AnyActorRef,
  type AnyEventObject,
  type AnyStateMachine,
  and,
  assign,
  cancel,
  createMachine,
  emit,
  enqueueActions,
  forwardTo,
  fromTransition,
  not,
  raise,
  sendParent,
  sendTo,
  spawnChild,
  stateIn,
  stopChild,
} from 'xstate';
import { controlled } from '../support/controlled.ts';
import type { ActionSpec, ActorSpec, GuardSpec, InvokeSpec, MachineSpec, StateSpec, TransitionSpec } from './spec.ts';

interface Context {
  readonly n: number;
  /** How many transitions it may still take: events could go in circles for ever. */
  readonly fuel: number;
  readonly ref?: AnyActorRef;
  readonly kept?: unknown;
}

interface Given {
  readonly context: Context;
  readonly event: AnyEventObject & { readonly via?: string; readonly output?: unknown };
  readonly self: AnyActorRef;
  readonly system: { get(id: string): AnyActorRef | undefined };
}

type SendSpec = Exclude<Extract<ActionSpec, { readonly event: string }>, { readonly do: 'sendSelf' }>;

/** What happened to cause a transition, as it says in what it emits. */
type Cause = 'event' | 'always' | 'after' | 'state done' | 'actor done' | 'actor failed' | 'snapshot';

/** By depth: each transition of a machine may begin others, which have fuel of their own. */
const FUEL = [20, 6, 3, 2];
const values: readonly unknown[] = [
  undefined,
  Number.NaN,
  new Date(5),
  new Map<unknown, unknown>([['a', undefined]]),
  new Set([1n]),
  -0,
  { gap: undefined, list: [null, undefined] },
  'text',
];

/** The machine that a spec describes. */
export function build(spec: MachineSpec): AnyStateMachine {
  return new Builder(spec, 0).machine;
}

class Builder {
  readonly machine: AnyStateMachine;
  readonly #depth: number;
  readonly #logic: readonly AnyActorLogic[];
  /** The ids of all states but the root, in order. */
  readonly #ids: string[] = [];
  readonly #isHistory = new Set<string>();

  constructor(spec: MachineSpec, depth: number) {
    if (spec.actors.length === 0) throw new RangeError('A machine of this kind has an actor to invoke.');
    this.#depth = depth;
    this.#logic = spec.actors.map((actor) => logicOf(actor, depth + 1));
    this.#list(spec.root);
    const { on, ...root } = this.#state(spec.root, 's0', this.#ids.values());
    const fuel = FUEL[depth] ?? 1;
    this.machine = createMachine(
      {
        ...root,
        on,
        context: ({ input }: { input?: { n?: number } }): Context => ({ n: input?.n ?? 0, fuel }),
        ...(spec.hasOutput ? { output: ({ context, event }: Given) => ({ n: context.n, state: event.output }) } : {}),
        options: { maxIterations: 200 },
      } as never,
      {
        actors: Object.fromEntries(this.#logic.map((logic, index) => [`k${index}`, logic])),
        delays: { named: 15, dynamic: ({ context }: Given) => context.n * 10 + 5 },
      } as never,
    );
  }

  #list({ states }: StateSpec): void {
    for (const state of states) {
      const id = `s${this.#ids.length + 1}`;
      this.#ids.push(id);
      if (state.type === 'shallow' || state.type === 'deep') this.#isHistory.add(id);
      this.#list(state);
    }
  }

  #state(spec: StateSpec, id: string, ids: Iterator<string>): Record<string, unknown> {
    if (spec.type === 'shallow' || spec.type === 'deep') return { id, type: 'history', history: spec.type };
    const states = spec.states.map((state) => {
      const inner = ids.next().value as string;
      return [inner, this.#state(state, inner, ids)] as const;
    });
    return {
      id,
      ...(spec.type === 'atomic' || spec.type === 'compound' ? {} : { type: spec.type }),
      ...(states.length === 0 ? {} : { states: Object.fromEntries(states) }),
      ...(spec.type === 'compound' ? { initial: states[0]?.[0] } : {}),
      entry: spec.entry.map((action) => this.#action(action)),
      exit: spec.exit.map((action) => this.#action(action)),
      on: group(
        spec.on,
        ({ event }) => event,
        (one) => this.#transition('event', id, one),
      ),
      after: group(
        spec.after,
        ({ delay }) => String(delay),
        (one) => this.#transition('after', id, one),
      ),
      always: spec.always.map((one) => this.#transition('always', id, one)),
      invoke: spec.invoke.map((one) => this.#invoke(one, id)),
      ...(spec.onDone && states.length > 0 ? { onDone: this.#transition('state done', id, spec.onDone) } : {}),
      ...(spec.hasOutput && spec.type === 'final' ? { output: ({ context }: Given) => context.n } : {}),
      tags: [id],
      meta: { id },
    };
  }

  #transition(cause: Cause, from: string, spec: TransitionSpec) {
    const { reenter, guard, actions } = spec;
    const target = spec.target === undefined ? undefined : this.#pick(spec.target);
    const says = emit(({ event, context }: Given) => ({
      type: cause,
      at: from,
      depth: this.#depth,
      heard: event.type,
      via: event.via,
      n: context.n,
      ...(target !== undefined && this.#isHistory.has(target) ? { history: target } : {}),
      ...(reenter && target !== undefined ? { reenter } : {}),
    }));
    const check = guard === undefined ? undefined : this.#guard(guard);
    return {
      ...(target === undefined ? {} : { target: `#${target}` }),
      reenter,
      guard: check === undefined ? hasFuel : and([hasFuel as never, check as never]),
      actions: [burn, says, ...actions.map((action) => this.#action(action))],
    };
  }

  #invoke({ actor, id, systemId, isInline, onDone, onError, onSnapshot }: InvokeSpec, state: string) {
    return {
      src: isInline ? this.#logicAt(actor) : this.#nameAt(actor),
      ...(id === undefined ? {} : { id }),
      ...(systemId === undefined ? {} : { systemId }),
      input: ({ context }: Given) => ({ n: context.n + 1 }),
      ...(onDone ? { onDone: this.#transition('actor done', state, onDone) } : {}),
      ...(onError ? { onError: this.#transition('actor failed', state, onError) } : {}),
      ...(onSnapshot ? { onSnapshot: this.#transition('snapshot', state, onSnapshot) } : {}),
    };
  }

  #guard(spec: GuardSpec): unknown {
    switch (spec.kind) {
      case 'count':
        return ({ context }: Given) => context.n % 3 === spec.rest;
      case 'in': {
        const id = this.#pick(spec.state);
        return id === undefined ? () => true : stateIn(`#${id}` as never);
      }
      case 'not':
        return not(this.#guard(spec.guard) as never);
    }
  }

  #action(spec: ActionSpec): unknown {
    switch (spec.do) {
      case 'emit':
        return emit(({ context, event }: Given) => ({
          type: 'said',
          depth: this.#depth,
          heard: event.type,
          n: context.n,
        }));
      case 'count':
        return assign({ n: ({ context }: Given) => context.n + 1 } as never);
      case 'keep':
        return assign({ kept: () => values[spec.value] } as never);
      case 'refer':
        return assign({ ref: ({ self }: Given) => refer(self, spec.to) } as never);
      case 'cancel':
        return cancel(spec.id);
      case 'sendSelf':
        return ({ self }: Given) => self.send({ type: spec.event, via: 'self' });
      case 'forward':
        return forwardTo((({ self }: Given) => childOf(self, spec.child) ?? self) as never);
      case 'stop':
        return stopChild(spec.child);
      case 'throw':
        return ({ context }: Given) => {
          if (context.n % 3 === spec.rest) throw new RangeError('thrown');
        };
      case 'spawn':
      case 'spawnRef':
        return this.#spawn(spec);
      case 'enqueue':
        return this.#enqueue(spec);
      default:
        return this.#send(spec);
    }
  }

  #send(spec: SendSpec): unknown {
    const { event, delay, id } = spec;
    const via = delay === undefined ? spec.do : `${spec.do} later`;
    const what = (({ context }: Given) => ({ type: event, via, n: context.n })) as never;
    const when = { ...(delay === undefined ? {} : { delay }), ...(id === undefined ? {} : { id }) } as never;
    switch (spec.do) {
      case 'raise':
        return raise(what, when);
      case 'sendParent':
        // A root has none, and throws.
        return this.#depth === 0 ? raise(what, when) : sendParent(what, when);
      case 'sendTo':
        return sendTo((({ self }: Given) => childOf(self, spec.child) ?? self) as never, what, when);
      case 'sendToId':
        return sendTo((({ self }: Given) => (childOf(self, spec.child) ? spec.child : self)) as never, what, when);
      case 'sendToRef':
        return sendTo((({ context, self }: Given) => context.ref ?? self) as never, what, when);
      case 'sendToSystem':
        return sendTo((({ system, self }: Given) => system.get(spec.systemId) ?? self) as never, what, when);
    }
  }

  #spawn(spec: Extract<ActionSpec, { readonly do: 'spawn' | 'spawnRef' }>): unknown {
    const input = ({ context }: Given) => ({ n: context.n + 2 });
    const id = spec.id === undefined ? {} : { id: spec.id };
    const name = this.#nameAt(spec.actor);
    if (spec.do === 'spawnRef') {
      return assign({
        ref: ({ spawn, context }: Given & { spawn(src: string, options: object): AnyActorRef }) =>
          spawn(name, { ...id, input: input({ context } as Given) }),
      } as never);
    }
    const systemId = spec.systemId === undefined ? {} : { systemId: spec.systemId };
    const src = spec.isInline ? this.#logicAt(spec.actor) : name;
    return spawnChild(src as never, { ...id, ...systemId, input, syncSnapshot: spec.sync } as never);
  }

  #enqueue({ actions, guard }: Extract<ActionSpec, { readonly do: 'enqueue' }>): unknown {
    const built = actions.map((action) => this.#action(action));
    const check = guard && this.#guard(guard);
    return enqueueActions(({ enqueue, check: holds }) => {
      if (check !== undefined && !holds(check as never)) return;
      for (const action of built) enqueue(action as never);
    });
  }

  #pick(place: number): string | undefined {
    return this.#ids.length === 0 ? undefined : this.#ids[place % this.#ids.length];
  }

  #nameAt(place: number): string {
    return `k${place % this.#logic.length}`;
  }

  #logicAt(place: number): AnyActorLogic {
    return this.#logic[place % this.#logic.length] as AnyActorLogic;
  }
}

function logicOf(actor: ActorSpec, depth: number): AnyActorLogic {
  switch (actor.kind) {
    case 'machine':
      return new Builder(actor.machine, depth).machine;
    case 'promise':
      return controlled();
    case 'transition':
      return fromTransition((sum: number, event: { type: string }, { emit: tell }) => {
        // Stopping one that has no id is heard only hosted: see differences.ts.
        if (event.type === 'xstate.stop') return sum;
        if (sum > 4) throw new RangeError('full');
        (tell as (event: object) => void)({ type: 'said', depth, heard: event.type, n: sum });
        return sum + 1;
      }, 0);
  }
}

const hasFuel = ({ context }: Given) => context.fuel > 0;
const burn = assign({ fuel: ({ context }: Given) => context.fuel - 1 } as never);

/** The child of an id as it was before the transition; none while the machine is made, when it may not be asked. */
function childOf(self: AnyActorRef, id: string): AnyActorRef | undefined {
  const { _snapshot: snapshot } = self as unknown as {
    readonly _snapshot?: { readonly children?: Readonly<Record<string, AnyActorRef | undefined>> };
  };
  return snapshot?.children?.[id];
}

function refer(self: AnyActorRef, to: string): AnyActorRef | undefined {
  if (to === 'self') return self;
  return to === 'parent' ? (self as { readonly _parent?: AnyActorRef })._parent : childOf(self, to);
}

function group<Item, Made>(items: readonly Item[], keyOf: (item: Item) => string, make: (item: Item) => Made) {
  const groups: Record<string, Made[]> = {};
  for (const item of items) {
    groups[keyOf(item)] ??= [];
    groups[keyOf(item)]?.push(make(item));
  }
  return groups;
}
