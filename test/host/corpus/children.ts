import {
  type AnyActorRef,
  assign,
  createMachine,
  emit,
  enqueueActions,
  forwardTo,
  fromTransition,
  raise,
  sendParent,
  sendTo,
  setup,
  spawnChild,
  stopChild,
} from 'xstate';
import type { Corpus } from '../support/scenario.ts';

const send = (type: string, rest: object = {}) => ({ send: { type, ...rest } });
const wait = (advance: number) => ({ advance });
const says = (type: string) => emit({ type });
const tell = ({ event }: { event: { type: string } }) => ({ ...event });

const counter = createMachine({
  context: { n: 0 },
  on: {
    up: {
      actions: [assign({ n: ({ context }) => context.n + 1 }), emit(({ context }) => ({ type: 'n', n: context.n }))],
    },
    tell: { actions: sendParent(({ context }) => ({ type: 'told', n: context.n })) },
    end: { actions: raise({ type: 'really' }) },
  },
});
const timed = createMachine({
  initial: 'a',
  states: { a: { after: { 20: 'b' } }, b: { entry: says('timed b'), after: { 20: 'c' } }, c: { type: 'final' } },
  output: 'time',
});
const asks = createMachine({
  initial: 'asking',
  states: { asking: { on: { answer: 'answered' } }, answered: { type: 'final', output: 'yes' } },
  output: ({ event }) => ({ said: (event as { output?: unknown }).output }),
});
const deep = createMachine({
  invoke: {
    src: createMachine({ invoke: { src: counter, id: 'inner' }, on: { up: { actions: forwardTo('inner') } } }),
    id: 'middle',
  },
  on: { up: { actions: forwardTo('middle') } },
});
const tally = fromTransition((sum: number, event: { type: string; by?: number }) => sum + (event.by ?? 0), 0);

/** Invoked and spawned machines, and how they talk. */
export const children: Corpus = {
  'an invoked machine that is forwarded to': {
    machine: createMachine({ invoke: { src: counter, id: 'c' }, on: { '*': { actions: forwardTo('c') } } }),
    script: [send('up'), send('up')],
  },
  sendParent: {
    machine: createMachine({
      invoke: { src: counter, id: 'c' },
      on: { ask: { actions: [forwardTo('c'), sendTo('c', { type: 'tell' })] }, told: { actions: emit(tell) } },
    }),
    script: [send('ask')],
  },
  'sendTo a child': {
    machine: createMachine({ invoke: { src: counter, id: 'c' }, on: { go: { actions: sendTo('c', { type: 'up' }) } } }),
    script: [send('go'), send('go')],
  },
  'emit before, by and after a child': {
    machine: createMachine({
      invoke: { src: counter, id: 'c' },
      on: { up: { actions: [says('before'), forwardTo('c'), says('after')] } },
    }),
    script: [send('up')],
  },
  'output of an invoked machine': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: {
          invoke: {
            src: asks,
            id: 'c',
            onDone: {
              target: 'b',
              actions: emit(({ event }) => ({ type: 'got', output: (event as { output?: unknown }).output })),
            },
          },
          on: { answer: { actions: forwardTo('c') } },
        },
        b: {},
      },
    }),
    script: [send('answer')],
  },
  'a child that is done at its start': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: {
          invoke: {
            src: createMachine({ initial: 'x', states: { x: { type: 'final' } }, output: 1 }),
            id: 'c',
            onDone: 'b',
          },
        },
        b: {},
      },
    }),
    script: [send('x')],
  },
  'a child that is done and nobody cares': {
    machine: createMachine({ invoke: { src: asks, id: 'c' }, on: { answer: { actions: forwardTo('c') } } }),
    script: [send('answer'), send('answer')],
  },
  'input of a child': {
    machine: createMachine({
      context: { name: 'Ann' },
      invoke: {
        id: 'c',
        src: createMachine({ context: ({ input }) => ({ got: input as unknown }) }),
        input: ({ context }) => ({ name: context.name, gap: undefined }),
      },
    }),
    script: [send('x')],
  },
  'a child without an id': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { src: timed, onDone: 'b' } }, b: {} },
    }),
    script: [wait(20), wait(20)],
  },
  'two children of one machine in one state': {
    machine: createMachine({
      invoke: [
        { src: counter, id: 'one' },
        { src: counter, id: 'two' },
      ],
      on: { one: { actions: sendTo('one', { type: 'up' }) }, two: { actions: sendTo('two', { type: 'up' }) } },
    }),
    script: [send('one'), send('two'), send('one')],
  },
  'a child with timers': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: {
          invoke: {
            src: timed,
            id: 't',
            onDone: {
              target: 'b',
              actions: emit(({ event }) => ({ type: 'done', output: (event as { output?: unknown }).output })),
            },
          },
        },
        b: {},
      },
    }),
    script: [wait(30), wait(10)],
  },
  'a child that is left with its timers': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { src: timed, id: 't' }, on: { go: 'b' } }, b: {} },
    }),
    script: [wait(10), send('go'), wait(100)],
  },
  'a child that is begun again': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { src: timed, id: 't' }, on: { go: { target: 'a', reenter: true } } } },
    }),
    script: [wait(10), send('go'), wait(15), wait(5)],
  },
  'three levels': { machine: deep, script: [send('up'), send('up')] },
  'the same id under different parents': {
    machine: createMachine({
      invoke: [
        { id: 'a', src: createMachine({ invoke: { src: timed, id: 'same' }, on: { up: { actions: says('a') } } }) },
        {
          id: 'b',
          src: createMachine({
            entry: raise({ type: 'go' }, { delay: 10 }),
            initial: 'x',
            states: { x: { on: { go: 'y' } }, y: { invoke: { src: timed, id: 'same' } } },
          }),
        },
        { id: 'same', src: timed },
      ],
    }),
    script: [wait(15), wait(10), wait(20)],
  },
  'an invoke by name': {
    machine: setup({ actors: { counter } }).createMachine({
      invoke: { src: 'counter', id: 'c' },
      on: { up: { actions: forwardTo('c') } },
    }),
    script: [send('up')],
  },
  'a machine that provides another': {
    machine: setup({ actors: { some: createMachine({}) } })
      .createMachine({ invoke: { src: 'some', id: 'c' }, on: { up: { actions: forwardTo('c') } } })
      .provide({ actors: { some: counter as never } }),
    script: [send('up')],
  },
  systemId: {
    machine: createMachine({
      invoke: [
        { src: counter, id: 'c', systemId: 'the counter' },
        {
          id: 'd',
          src: createMachine({
            on: { go: { actions: sendTo(({ system }) => system.get('the counter') as AnyActorRef, { type: 'up' }) } },
          }),
        },
      ],
      on: { go: { actions: forwardTo('d') } },
    }),
    script: [send('go'), send('go')],
  },
  'a systemId that is free again': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { src: counter, id: 'c', systemId: 's' }, on: { go: { target: 'a', reenter: true } } } },
      on: { up: { actions: sendTo(({ system }) => system.get('s') as AnyActorRef, { type: 'up' }) } },
    }),
    script: [send('up'), send('go'), send('up')],
  },
  'a systemId that is taken': {
    machine: createMachine({
      invoke: { src: counter, id: 'c', systemId: 's' },
      on: { go: { actions: spawnChild(counter, { id: 'd', systemId: 's' }) } },
    }),
    script: [send('go')],
  },
  onSnapshot: {
    machine: createMachine({
      context: { seen: [] as unknown[] },
      invoke: {
        src: counter,
        id: 'c',
        onSnapshot: { actions: assign({ seen: ({ context, event }) => [...context.seen, event.snapshot.context] }) },
      },
      on: { up: { actions: forwardTo('c') } },
    }),
    script: [send('up'), send('other'), send('up')],
  },
  'syncSnapshot of a spawned child': {
    machine: setup({ actors: { counter } }).createMachine({
      entry: spawnChild('counter', { id: 'c', syncSnapshot: true }),
      on: { up: { actions: sendTo('c', { type: 'up' }) }, 'xstate.snapshot.c': { actions: says('synced') } },
    }),
    script: [send('up'), send('other')],
  },
  'spawn in assign, by name': {
    machine: setup({ actors: { counter }, types: { context: {} as { ref?: AnyActorRef } } }).createMachine({
      context: {},
      on: {
        go: { actions: assign({ ref: ({ spawn }) => spawn('counter', { id: 'c' }) }) },
        up: { actions: sendTo(({ context }) => context.ref as AnyActorRef, { type: 'up' }) },
      },
    }),
    script: [send('go'), send('up'), send('up')],
  },
  'spawn in assign, of logic that has a name': {
    machine: setup({ actors: { counter }, types: { context: {} as { ref?: AnyActorRef } } }).createMachine({
      context: {},
      on: {
        go: { actions: assign({ ref: ({ spawn }) => spawn(counter, { id: 'c' as never }) }) },
        up: { actions: sendTo(({ context }) => context.ref as AnyActorRef, { type: 'up' }) },
      },
    }),
    script: [send('go'), send('up')],
  },
  'spawn at the start': {
    machine: setup({ actors: { counter } }).createMachine({
      context: ({ spawn }) => ({ ref: spawn('counter', { id: 'c' }) }),
      on: { up: { actions: sendTo(({ context }) => context.ref, { type: 'up' }) } },
    }),
    script: [send('up'), send('up')],
  },
  'spawn without an id': {
    machine: setup({ actors: { counter }, types: { context: {} as { refs: AnyActorRef[] } } }).createMachine({
      context: { refs: [] },
      on: {
        go: { actions: assign({ refs: ({ context, spawn }) => [...context.refs, spawn('counter')] }) },
        up: {
          actions: enqueueActions(({ context, enqueue }) => {
            for (const ref of context.refs) enqueue.sendTo(ref, { type: 'up' });
          }),
        },
      },
    }),
    script: [send('go'), send('up'), send('go'), send('up'), send('go'), send('up')],
  },
  'spawnChild without an id, several at once': {
    machine: setup({ actors: { timed } }).createMachine({
      on: {
        go: { actions: [spawnChild('timed'), spawnChild('timed')] },
        'xstate.done.actor.*': { actions: says('done') },
      },
    }),
    script: [send('go'), wait(10), send('go'), wait(15), wait(100)],
  },
  'spawnChild inline': {
    machine: createMachine({
      entry: spawnChild(counter, { id: 'c' }),
      on: { up: { actions: sendTo('c', { type: 'up' }) } },
    }),
    script: [send('up')],
  },
  'spawnChild inline in a named action': {
    machine: setup({ actions: { begin: spawnChild(counter, { id: 'c' as never }) } }).createMachine({
      on: { go: { actions: 'begin' }, up: { actions: sendTo('c', { type: 'up' }) } },
    }),
    script: [send('go'), send('up')],
  },
  'enqueue.spawnChild and enqueue.stopChild': {
    machine: setup({ actors: { timed } }).createMachine({
      on: {
        go: { actions: enqueueActions(({ enqueue }) => enqueue.spawnChild('timed', { id: 't' })) },
        stop: { actions: enqueueActions(({ enqueue }) => enqueue.stopChild('t')) },
      },
    }),
    script: [send('go'), wait(10), send('stop'), wait(50), send('go')],
  },
  'stopChild by reference': {
    machine: setup({ actors: { timed }, types: { context: {} as { ref?: AnyActorRef } } }).createMachine({
      context: {},
      on: {
        go: { actions: assign({ ref: ({ spawn }) => spawn('timed', { id: 't' }) }) },
        stop: { actions: stopChild(({ context }) => context.ref as AnyActorRef) },
        poke: { actions: sendTo(({ context }) => context.ref as AnyActorRef, { type: 'x' }) },
      },
    }),
    script: [send('go'), send('stop'), send('poke'), wait(50)],
  },
  'spawned with input': {
    machine: setup({
      actors: { echo: createMachine({ context: ({ input }) => ({ input: input as unknown }) }) },
    }).createMachine({
      on: {
        go: {
          actions: spawnChild('echo', {
            id: ({ event }) => `c${event.type}`,
            input: ({ event }: { event: { type: string } }) => ({ of: event.type }) as never,
          }),
        },
      },
    }),
    script: [send('go')],
  },
  'spawned done with data': {
    machine: setup({ actors: { asks } }).createMachine({
      entry: spawnChild('asks', { id: 'c' }),
      on: { answer: { actions: sendTo('c', { type: 'answer' }) }, 'xstate.done.actor.c': { actions: emit(tell) } },
    }),
    script: [send('answer'), send('x')],
  },
  'a machine that spawns itself': (() => {
    const tree = setup({ types: { context: {} as { depth: number }, input: {} as { depth: number } } }).createMachine({
      id: 'tree',
      context: ({ input }) => ({ depth: input?.depth ?? 0 }),
      on: {
        grow: {
          actions: enqueueActions(({ context, self, enqueue }) => {
            const child = Object.values(self.getSnapshot().children)[0] as AnyActorRef | undefined;
            if (child !== undefined) enqueue.sendTo(child, { type: 'grow' });
            else if (context.depth < 4)
              enqueue.spawnChild('tree' as never, {
                id: 'branch' as never,
                input: { depth: context.depth + 1 } as never,
              });
          }),
        },
      },
    });
    const actors: Record<string, unknown> = {};
    const self = tree.provide({ actors } as never);
    Object.assign(self.implementations.actors as object, { tree: self });
    return { machine: self, input: { depth: 0 }, script: [send('grow'), send('grow'), send('grow')] };
  })(),
  'references to parents, siblings and oneself': {
    machine: setup({
      types: { context: {} as { self?: AnyActorRef; a?: AnyActorRef; b?: AnyActorRef } },
      actors: {
        knows: setup({
          types: { context: {} as { whom: AnyActorRef }, input: {} as { whom: AnyActorRef } },
        }).createMachine({
          context: ({ input }) => ({ whom: input.whom }),
          on: {
            go: { actions: sendTo(({ context }) => context.whom, { type: 'hello' }) },
            hello: { actions: emit({ type: 'hello' }) },
          },
        }),
      },
    }).createMachine({
      context: {},
      on: {
        start: {
          actions: [
            assign({ self: ({ self }) => self as AnyActorRef }),
            assign({ a: ({ spawn, self }) => spawn('knows', { id: 'a', input: { whom: self as AnyActorRef } }) }),
            assign({
              b: ({ spawn, context }) => spawn('knows', { id: 'b', input: { whom: context.a as AnyActorRef } }),
            }),
          ],
        },
        a: { actions: sendTo('a', { type: 'go' }) },
        b: { actions: sendTo('b', { type: 'go' }) },
        hello: { actions: emit({ type: 'root hello' }) },
      },
    }),
    script: [send('start'), send('a'), send('b'), send('a')],
  },
  'references in a map, a set and a list': {
    machine: setup({
      actors: { counter },
      types: { context: {} as { map: Map<string, AnyActorRef>; set: Set<AnyActorRef>; list: AnyActorRef[] } },
    }).createMachine({
      context: ({ spawn }) => {
        const ref = spawn('counter', { id: 'c' }) as AnyActorRef;
        return { map: new Map([['c', ref]]), set: new Set([ref]), list: [ref] };
      },
      on: {
        up: {
          actions: enqueueActions(({ context, enqueue }) => {
            for (const ref of [...context.map.values(), ...context.set, ...context.list])
              enqueue.sendTo(ref, { type: 'up' });
          }),
        },
      },
    }),
    script: [send('up'), send('up')],
  },
  'a delayed event that says who sent it': {
    machine: createMachine({
      invoke: {
        id: 'c',
        src: createMachine({
          on: {
            ping: {
              actions: sendTo(({ event }) => (event as unknown as { from: AnyActorRef }).from, { type: 'pong' }),
            },
          },
        }),
      },
      on: {
        go: { actions: sendTo('c', ({ self }) => ({ type: 'ping', from: self }), { delay: 5 }) },
        pong: { actions: says('pong') },
      },
    }),
    script: [send('go'), wait(5)],
  },
  fromTransition: {
    machine: createMachine({ invoke: { src: tally, id: 't' }, on: { add: { actions: forwardTo('t') } } }),
    script: [send('add', { by: 2 }), send('add', { by: 3 }), send('x')],
  },
  'fromTransition with input, emit and references': {
    machine: setup({
      actors: {
        log: fromTransition(
          (state: { list: string[] }, event: { type: string }, { emit: tellAll }) => {
            (tellAll as (event: { type: string }) => void)({ type: `log ${event.type}` });
            return { ...state, list: [...state.list, event.type] };
          },
          ({ input }: { input: string }) => ({ list: [input] }),
        ),
      },
    }).createMachine({ invoke: { src: 'log', id: 'l', input: 'first' }, on: { '*': { actions: forwardTo('l') } } }),
    script: [send('a'), send('b')],
  },
  'fromTransition with onSnapshot': {
    machine: createMachine({
      context: { last: 0 },
      invoke: {
        src: tally,
        id: 't',
        onSnapshot: { actions: assign({ last: ({ event }) => event.snapshot.context as number }) },
      },
      on: { add: { actions: forwardTo('t') } },
    }),
    script: [send('add', { by: 2 }), send('x'), send('add', { by: 2 })],
  },
  'a child stopped by the final state of its parent': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { src: timed, id: 't' }, on: { end: 'b' } }, b: { type: 'final' } },
    }),
    script: [wait(5), send('end'), wait(50)],
  },
  'events to a child in the step that stops it': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { src: counter, id: 'c' }, exit: sendTo('c', { type: 'up' }), on: { go: 'b' } }, b: {} },
    }),
    script: [send('go')],
  },
  'a child that is begun and left in one step': {
    machine: createMachine({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { invoke: { src: timed, id: 't' }, always: 'c' }, c: {} },
    }),
    script: [send('go'), wait(30)],
  },
  'a child that talks to its parent as it starts': {
    machine: createMachine({
      invoke: { src: createMachine({ entry: [sendParent({ type: 'hi' }), says('child')] }), id: 'c' },
      on: { hi: { actions: says('parent') } },
    }),
    script: [send('x')],
  },
  'parent and child in conversation': {
    machine: createMachine({
      context: { n: 0 },
      invoke: { src: createMachine({ on: { ping: { actions: sendParent({ type: 'pong' }) } } }), id: 'c' },
      on: {
        start: { actions: sendTo('c', { type: 'ping' }) },
        pong: {
          guard: ({ context }) => context.n < 3,
          actions: [assign({ n: ({ context }) => context.n + 1 }), sendTo('c', { type: 'ping' })],
        },
      },
    }),
    script: [send('start'), send('start')],
  },
  'history inside of a child': {
    machine: createMachine({
      invoke: {
        id: 'c',
        src: createMachine({
          initial: 'on',
          states: {
            on: {
              initial: 'a',
              states: { a: { on: { next: 'b' } }, b: {}, h: { type: 'history' } },
              on: { off: 'off' },
            },
            off: { on: { on: 'on.h' } },
          },
        }),
      },
      on: { '*': { actions: forwardTo('c') } },
    }),
    script: [send('next'), send('off'), send('on')],
  },
};
