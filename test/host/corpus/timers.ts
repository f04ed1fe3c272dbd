import { assign, cancel, createMachine, emit, raise, sendTo, setup } from 'xstate';
import type { Corpus } from '../support/scenario.ts';

const send = (type: string) => ({ send: { type } });
const wait = (advance: number) => ({ advance });
const says = (type: string) => emit({ type });
const ping = createMachine({ on: { ping: { actions: emit({ type: 'pinged' }) } } });

/** Delays of every kind, alone and against one another. */
export const timers: Corpus = {
  after: {
    machine: createMachine({ initial: 'a', states: { a: { after: { 100: 'b' } }, b: { entry: says('b') } } }),
    script: [wait(99), wait(1), wait(100)],
  },
  'after of zero': {
    machine: createMachine({ initial: 'a', states: { a: { after: { 0: 'b' } }, b: {} } }),
    script: [wait(0), wait(1)],
  },
  'several afters of one state': {
    machine: createMachine({
      initial: 'a',
      states: { a: { after: { 100: { actions: says('100') }, 50: { actions: says('50') }, 200: 'b' } }, b: {} },
    }),
    script: [wait(60), wait(60), wait(200)],
  },
  'an after whose state is left': {
    machine: createMachine({ initial: 'a', states: { a: { after: { 100: 'b' }, on: { go: 'c' } }, b: {}, c: {} } }),
    script: [wait(50), send('go'), wait(500)],
  },
  'an after that begins anew when its state is re-entered': {
    machine: createMachine({
      initial: 'a',
      states: { a: { after: { 100: 'b' }, on: { again: { target: 'a', reenter: true }, stay: 'a' } }, b: {} },
    }),
    script: [wait(60), send('again'), wait(60), send('stay'), wait(60)],
  },
  'an after with a guard': {
    machine: createMachine({
      context: { ok: false },
      initial: 'a',
      states: {
        a: { after: { 10: [{ guard: ({ context }) => context.ok, target: 'b' }, { target: 'c' }] } },
        b: {},
        c: {},
      },
      on: { ok: { actions: assign({ ok: true }) } },
    }),
    script: [send('ok'), wait(10)],
  },
  'an after in a circle': {
    machine: createMachine({
      initial: 'a',
      states: { a: { after: { 10: 'b' } }, b: { after: { 20: 'a' }, entry: says('b') } },
    }),
    script: [wait(35), wait(100), wait(7)],
  },
  'named delays': {
    machine: setup({ delays: { soon: 30 } }).createMachine({
      initial: 'a',
      states: { a: { after: { soon: 'b' } }, b: {} },
    }),
    script: [wait(29), wait(1)],
  },
  'dynamic delays': {
    machine: setup({
      types: { context: {} as { ms: number } },
      delays: { later: ({ context }) => context.ms },
    }).createMachine({
      context: { ms: 40 },
      initial: 'a',
      states: {
        a: { after: { later: 'b' }, on: { more: { target: 'a', reenter: true, actions: assign({ ms: 80 }) } } },
        b: {},
      },
    }),
    script: [wait(30), send('more'), wait(30), wait(50)],
  },
  'afters of a parent and its child state': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: { after: { 50: 'z' }, initial: 'b', states: { b: { after: { 20: 'c' } }, c: { after: { 20: 'b' } } } },
        z: {},
      },
    }),
    script: [wait(25), wait(20), wait(10)],
  },
  'afters of parallel regions at the same time': {
    machine: createMachine({
      type: 'parallel',
      states: {
        l: { initial: 'a', states: { a: { after: { 10: 'b' } }, b: { entry: says('l') } } },
        r: { initial: 'a', states: { a: { after: { 10: 'b' } }, b: { entry: says('r') } } },
      },
    }),
    script: [wait(10)],
  },
  'a delayed raise': {
    machine: createMachine({
      entry: raise(() => ({ type: 'later', n: 1 }), { delay: 25 }),
      on: { later: { actions: emit(({ event }) => event) } },
    }),
    script: [wait(24), wait(1)],
  },
  'a delayed raise that outlives its state': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: { entry: raise({ type: 'later' }, { delay: 25 }), on: { go: 'b' } },
        b: { on: { later: 'c' } },
        c: {},
      },
    }),
    script: [send('go'), wait(25)],
  },
  'a raise whose delay is a name, a function and a number': {
    machine: setup({ delays: { d: 30 } }).createMachine({
      entry: [
        raise({ type: 'name' }, { delay: 'd' }),
        raise({ type: 'function' }, { delay: () => 10 }),
        raise({ type: 'number' }, { delay: 20 }),
      ],
      on: { '*': { actions: emit(({ event }) => event) } },
    }),
    script: [wait(10), wait(10), wait(10)],
  },
  'cancel by id': {
    machine: createMachine({
      entry: raise({ type: 'later' }, { delay: 25, id: 'x' }),
      on: { stop: { actions: cancel('x') }, later: { actions: says('came') } },
    }),
    script: [wait(10), send('stop'), wait(50), send('stop')],
  },
  'cancel by an id that is worked out': {
    machine: createMachine({
      entry: [raise({ type: 'later' }, { delay: 25, id: 'x1' }), raise({ type: 'later' }, { delay: 30, id: 'x2' })],
      on: {
        stop: { actions: cancel(({ event }) => `x${(event as { n?: number }).n}`) },
        later: { actions: says('came') },
      },
    }),
    script: [{ send: { type: 'stop', n: 2 } }, wait(50)],
  },
  'cancel of what nobody scheduled': {
    machine: createMachine({ on: { stop: { actions: cancel('x') } } }),
    script: [send('stop')],
  },
  'one id twice': {
    machine: createMachine({
      on: { go: { actions: raise({ type: 'later' }, { delay: 50, id: 'x' }) }, later: { actions: says('came') } },
    }),
    script: [send('go'), wait(20), send('go'), wait(30), wait(20)],
  },
  'one id twice, and cancelled': {
    machine: createMachine({
      on: {
        go: { actions: raise({ type: 'later' }, { delay: 50, id: 'x' }) },
        stop: { actions: cancel('x') },
        later: { actions: says('came') },
      },
    }),
    script: [send('go'), wait(20), send('go'), send('stop'), wait(30), wait(20)],
  },
  'one id twice, and cancelled when one has come': {
    machine: createMachine({
      on: {
        go: { actions: raise({ type: 'later' }, { delay: 50, id: 'x' }) },
        stop: { actions: cancel('x') },
        later: { actions: says('came') },
      },
    }),
    script: [send('go'), wait(20), send('go'), wait(30), send('stop'), wait(20)],
  },
  'one id twice, the later one due earlier': {
    machine: createMachine({
      on: {
        long: { actions: raise(() => ({ type: 'later', n: 'long' }), { delay: 50, id: 'x' }) },
        short: { actions: raise(() => ({ type: 'later', n: 'short' }), { delay: 10, id: 'x' }) },
        stop: { actions: cancel('x') },
        later: { actions: emit(({ event }) => event) },
      },
    }),
    script: [send('long'), send('short'), wait(10), send('stop'), wait(100)],
  },
  'one id three times, with a cancel between': {
    machine: createMachine({
      on: {
        go: { actions: raise({ type: 'later' }, { delay: 50, id: 'x' }) },
        stop: { actions: cancel('x') },
        later: { actions: says('came') },
      },
    }),
    script: [send('go'), wait(5), send('go'), wait(5), send('stop'), send('go'), wait(60), send('stop'), wait(60)],
  },
  'one id of two sources': {
    machine: createMachine({
      invoke: {
        src: createMachine({
          entry: raise({ type: 'l' }, { delay: 30, id: 'x' }),
          on: { l: { actions: says('child') } },
        }),
        id: 'c',
      },
      entry: raise({ type: 'l' }, { delay: 30, id: 'x' }),
      on: { l: { actions: says('parent') }, stop: { actions: cancel('x') } },
    }),
    script: [send('stop'), wait(30)],
  },
  'an id of one timer that outlives its source': {
    machine: createMachine({
      initial: 'on',
      states: {
        on: {
          invoke: {
            src: createMachine({
              on: {
                go: {
                  actions: sendTo(
                    ({ self }) => (self as unknown as { _parent: typeof self })._parent,
                    { type: 'x' },
                    { delay: 50, id: 'x' },
                  ),
                },
              },
            }),
            id: 'c',
          },
          on: { go: { actions: sendTo('c', { type: 'go' }) }, off: 'off' },
        },
        off: {},
      },
      on: { x: { actions: says('came') } },
    }),
    script: [send('go'), send('go'), send('off'), wait(100)],
  },
  'a delayed sendTo a child': {
    machine: createMachine({
      invoke: { src: ping, id: 'c' },
      on: { go: { actions: sendTo('c', { type: 'ping' }, { delay: 10 }) } },
    }),
    script: [send('go'), wait(5), wait(5)],
  },
  'a delayed sendTo a child that has stopped': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: {
          invoke: { src: ping, id: 'c' },
          on: { go: { actions: sendTo('c', { type: 'ping' }, { delay: 10 }) }, off: 'b' },
        },
        b: {},
      },
    }),
    script: [send('go'), send('off'), wait(10)],
  },
  'a delayed sendTo a child that was replaced by one of the same id': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: {
          invoke: { src: ping, id: 'c' },
          on: { go: { actions: sendTo('c', { type: 'ping' }, { delay: 10 }) }, again: { target: 'a', reenter: true } },
        },
      },
    }),
    script: [send('go'), send('again'), wait(10)],
  },
  'timers due together come in the order of their making': {
    machine: createMachine({
      entry: [
        raise({ type: 'b' }, { delay: 20 }),
        raise({ type: 'a' }, { delay: 20 }),
        raise({ type: 'c' }, { delay: 10 }),
      ],
      on: { '*': { actions: emit(({ event }) => event) }, c: { actions: raise({ type: 'd' }, { delay: 10 }) } },
    }),
    script: [wait(20)],
  },
  'a timer that schedules one due at once': {
    machine: createMachine({
      entry: [raise({ type: 'a' }, { delay: 10 }), raise({ type: 'b' }, { delay: 10 })],
      on: {
        a: { actions: [says('a'), raise({ type: 'c' }, { delay: 0 })] },
        b: { actions: says('b') },
        c: { actions: says('c') },
      },
    }),
    script: [wait(10)],
  },
  'a timer that cancels another due at the same time': {
    machine: createMachine({
      entry: [raise({ type: 'a' }, { delay: 10 }), raise({ type: 'b' }, { delay: 10, id: 'b' })],
      on: { a: { actions: cancel('b') }, b: { actions: says('b') } },
    }),
    script: [wait(10)],
  },
  'a delay in the past': {
    machine: createMachine({
      on: { go: { actions: raise({ type: 'late' }, { delay: -5 }) }, late: { actions: says('late') } },
    }),
    script: [send('go'), wait(0)],
  },
  'a fraction of a millisecond': {
    machine: createMachine({ initial: 'a', states: { a: { after: { 10.5: 'b' } }, b: {} } }),
    script: [wait(10), wait(1)],
  },
  'a timer when the machine is done': {
    machine: createMachine({
      entry: raise({ type: 'late' }, { delay: 10 }),
      initial: 'a',
      states: { a: { on: { end: 'b' } }, b: { type: 'final' } },
    }),
    script: [send('end'), wait(20)],
  },
  'a year': {
    machine: createMachine({ initial: 'a', states: { a: { after: { 31536000000: 'b' } }, b: {} } }),
    script: [wait(31_535_999_999), wait(1)],
  },
  'a delayed raise in a child with values that JSON loses': {
    machine: createMachine({
      invoke: {
        id: 'c',
        src: createMachine({
          entry: raise(() => ({ type: 'l', at: new Date(5), gap: undefined, big: 3n }), { delay: 10 }),
          on: { l: { actions: emit(({ event }) => ({ ...event })) } },
        }),
      },
    }),
    script: [wait(5), wait(5)],
  },
};
