import { assign, createMachine, emit, forwardTo, raise, sendParent, sendTo, setup, spawnChild } from 'xstate';
import type { Corpus } from '../support/scenario.ts';

const send = (type: string) => ({ send: { type } });
const wait = (advance: number) => ({ advance });
const says = (type: string) => emit({ type });
const fail = () => {
  throw new RangeError('no');
};
const failing = createMachine({
  initial: 'a',
  states: { a: { on: { fail: { actions: [says('about to fail'), fail] }, go: 'b' } }, b: { entry: fail } },
});
const caught = (src: object) =>
  createMachine({
    initial: 'a',
    states: {
      a: {
        invoke: {
          src,
          id: 'c',
          onError: {
            target: 'b',
            actions: emit(({ event }) => ({ type: 'caught', error: (event as { error?: unknown }).error })),
          },
        } as never,
        on: { fail: { actions: [forwardTo('c'), says('forwarded')] }, go: { actions: forwardTo('c') } },
      },
      b: {},
    },
  });

/** What throws, and who hears of it. */
export const errors: Corpus = {
  'an action of the root': { machine: failing, script: [send('fail')] },
  'an entry action of the root': { machine: failing, script: [send('go')] },
  'an action at the start': { machine: createMachine({ entry: fail }), script: [send('x')] },
  'context at the start': { machine: createMachine({ context: fail as () => object }), script: [] },
  'a guard': {
    machine: createMachine({ on: { go: { guard: fail as never, actions: says('x') } } }),
    script: [send('go')],
  },
  'an assign': {
    machine: createMachine({ context: {}, on: { go: { actions: assign(fail as never) } } }),
    script: [send('go')],
  },
  'the input of a child': {
    machine: createMachine({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { invoke: { src: failing, id: 'c', input: fail as never } } },
    }),
    script: [send('go')],
  },
  'a delay': {
    machine: createMachine({ on: { go: { actions: raise({ type: 'x' }, { delay: fail as never }) } } }),
    script: [send('go')],
  },
  'an output': {
    machine: createMachine({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { type: 'final' } },
      output: fail as never,
    }),
    script: [send('go')],
  },
  'what an emit says': {
    machine: createMachine({ on: { go: { actions: emit(fail as never) } } }),
    script: [send('go')],
  },
  'a timer': { machine: createMachine({ after: { 10: { actions: fail } } } as never), script: [wait(5), wait(5)] },
  'sendTo nobody': {
    machine: createMachine({ on: { go: { actions: sendTo('nobody', { type: 'x' }) } } }),
    script: [send('go')],
  },
  'sendParent of a root': {
    machine: createMachine({ on: { go: { actions: sendParent({ type: 'x' }) } } }),
    script: [send('go')],
  },
  'sendParent of a root at its start': {
    machine: createMachine({ entry: sendParent({ type: 'x' }) }),
    script: [send('go')],
  },
  'a guard that is not given': {
    machine: createMachine({ on: { go: { guard: 'missing' as never, actions: says('x') } } }),
    script: [send('go')],
  },
  'an action that is not given': {
    machine: createMachine({ on: { go: { actions: ['missing' as never, says('x')] } } }),
    script: [send('go')],
  },
  'a state that loops': {
    machine: createMachine({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
      options: { maxIterations: 20 },
    } as never),
    script: [send('go')],
  },
  'a child, and its parent catches it': { machine: caught(failing), script: [send('fail'), send('x')] },
  'a child as it enters a state': { machine: caught(failing), script: [send('go')] },
  'a child at its start': { machine: caught(createMachine({ entry: fail })), script: [send('x')] },
  'a child in its context': { machine: caught(createMachine({ context: fail as () => object })), script: [send('x')] },
  'a child by a timer': {
    machine: caught(createMachine({ initial: 'a', states: { a: { after: { 10: 'b' } }, b: { entry: fail } } })),
    script: [wait(10), send('x')],
  },
  'a child, and nobody catches it': {
    machine: createMachine({ invoke: { src: failing, id: 'c' }, on: { fail: { actions: forwardTo('c') } } }),
    script: [send('fail')],
  },
  'a grandchild, and its grandparent catches it': {
    machine: caught(createMachine({ invoke: { src: failing, id: 'd' }, on: { fail: { actions: forwardTo('d') } } })),
    script: [send('fail'), send('x')],
  },
  'a grandchild, and its parent catches it': {
    machine: createMachine({ invoke: { src: caught(failing), id: 'p' }, on: { '*': { actions: forwardTo('p') } } }),
    script: [send('fail'), send('x')],
  },
  'a spawned child, by its event': {
    machine: setup({ actors: { failing } }).createMachine({
      entry: spawnChild('failing', { id: 'c' }),
      on: { fail: { actions: sendTo('c', { type: 'fail' }) }, 'xstate.error.actor.c': { actions: says('heard') } },
    }),
    script: [send('fail'), send('x')],
  },
  'a child while the other goes on': {
    machine: createMachine({
      invoke: [
        { src: failing, id: 'c', onError: { actions: says('caught') } },
        { src: createMachine({ on: { x: { actions: says('alive') } } }), id: 'd' },
      ],
      on: { fail: { actions: forwardTo('c') }, x: { actions: forwardTo('d') } },
    }),
    script: [send('fail'), send('x')],
  },
  'an error with a cause that is kept': {
    machine: createMachine({
      context: { error: undefined as unknown },
      invoke: {
        src: createMachine({
          on: {
            fail: {
              actions: () => {
                throw new TypeError('outer', { cause: new Error('inner') });
              },
            },
          },
        }),
        id: 'c',
        onError: { actions: assign({ error: ({ event }) => event.error }) },
      },
      on: { fail: { actions: forwardTo('c') } },
    }),
    script: [send('fail'), send('x')],
  },
  'an error that is none': {
    machine: caught(
      createMachine({
        on: {
          fail: {
            actions: () => {
              throw { code: 7 };
            },
          },
        },
      }),
    ),
    script: [send('fail'), send('x')],
  },
};
