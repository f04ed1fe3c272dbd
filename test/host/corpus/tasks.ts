import { type AnyActorRef, assign, createMachine, emit, forwardTo, sendTo, setup, spawnChild, stopChild } from 'xstate';
import { controlled } from '../support/controlled.ts';
import type { Corpus } from '../support/scenario.ts';

const send = (type: string) => ({ send: { type } });
const wait = (advance: number) => ({ advance });
const resolve = (path: string, output?: unknown) => ({ resolve: path, output });
const reject = (path: string, error: unknown) => ({ reject: path, error });
const says = (type: string) => emit({ type });
const outcome = ({ event }: { event: { type: string } }) => ({ ...event });
const work = () => controlled<unknown, unknown>();
const job = (id: string, src = work()) => ({
  src,
  id,
  onDone: { actions: emit(outcome) },
  onError: { actions: emit(outcome) },
});
const named = setup({ actors: { work: work(), other: work() } });

/** Promises, and what becomes of their results. */
export const tasks: Corpus = {
  'a promise that resolves': {
    machine: createMachine({ initial: 'a', states: { a: { invoke: { src: work(), id: 'w', onDone: 'b' } }, b: {} } }),
    script: [resolve('w', 1), resolve('w', 2)],
  },
  'a promise that rejects': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { src: work(), id: 'w', onDone: 'b', onError: 'c' } }, b: {}, c: {} },
    }),
    script: [reject('w', new RangeError('no'))],
  },
  'a promise that rejects with no error': {
    machine: createMachine({ invoke: job('w') }),
    script: [reject('w', 'just text')],
  },
  'a promise that resolves to nothing': { machine: createMachine({ invoke: job('w') }), script: [resolve('w')] },
  'a promise by name': {
    machine: named.createMachine({ invoke: { src: 'work', id: 'w', onDone: { actions: emit(outcome) } } }),
    script: [resolve('w', { deep: [1] })],
  },
  'a promise without an id': {
    machine: createMachine({ id: 'm', initial: 'a', states: { a: { invoke: { src: work(), onDone: 'b' } }, b: {} } }),
    script: [resolve('0.m.a', 1)],
  },
  'input of a promise': {
    machine: createMachine({
      context: { day: 'Monday' },
      invoke: { ...job('w'), input: ({ context }) => ({ day: context.day }) },
    }),
    script: [send('x'), resolve('w')],
  },
  'several at once, settled in another order': {
    machine: createMachine({ invoke: [job('a'), job('b'), job('c')] }),
    script: [resolve('c', 3), send('x'), reject('a', new Error('no')), resolve('b', 2)],
  },
  'the same promise twice': {
    machine: named.createMachine({
      invoke: [
        { src: 'work', id: 'a', onDone: { actions: emit(outcome) } },
        { src: 'work', id: 'b', onDone: { actions: emit(outcome) } },
      ],
    }),
    script: [resolve('b', 2), resolve('a', 1)],
  },
  'a promise that is left': {
    machine: createMachine({ initial: 'a', states: { a: { invoke: job('w'), on: { go: 'b' } }, b: {} } }),
    script: [send('go'), resolve('w', 1)],
  },
  'a promise that is begun again': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: job('w'), on: { go: { target: 'a', reenter: true } } } },
    }),
    script: [send('go'), send('go'), resolve('w', 1)],
  },
  'a promise against a time-out': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { src: work(), id: 'w', onDone: 'b' }, after: { 10: 'c' } }, b: {}, c: {} },
    }),
    script: [wait(9), wait(1), resolve('w', 1)],
  },
  'one promise after the other': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: { invoke: { src: work(), id: 'w', onDone: 'b' } },
        b: { invoke: { src: work(), id: 'w', onDone: 'c' } },
        c: {},
      },
    }),
    script: [resolve('w', 1), resolve('w', 2), resolve('w', 3)],
  },
  'promises in regions': {
    machine: createMachine({
      type: 'parallel',
      states: {
        l: { initial: 'a', states: { a: { invoke: { src: work(), id: 'l', onDone: 'b' } }, b: {} } },
        r: { initial: 'a', states: { a: { invoke: { src: work(), id: 'r', onDone: 'b', onError: 'b' } }, b: {} } },
      },
    }),
    script: [resolve('r'), resolve('l')],
  },
  'a promise in a child': {
    machine: createMachine({
      invoke: {
        id: 'c',
        src: createMachine({
          initial: 'a',
          states: { a: { invoke: { src: work(), id: 'w', onDone: 'b' } }, b: { type: 'final' } },
          output: 'all',
        }),
        onDone: { actions: emit(outcome) },
      },
    }),
    script: [send('x'), resolve('c/w', 1)],
  },
  'promises of one id in two children': {
    machine: createMachine({
      invoke: ['a', 'b'].map((id) => ({
        id,
        src: createMachine({
          context: { got: undefined as unknown },
          invoke: { src: work(), id: 'w', onDone: { actions: assign({ got: ({ event }) => event.output }) } },
        }),
      })),
    }),
    script: [resolve('b/w', 2), resolve('a/w', 1)],
  },
  'a child that is stopped with its promise': {
    machine: createMachine({
      initial: 'a',
      states: { a: { invoke: { id: 'c', src: createMachine({ invoke: job('w') }) }, on: { go: 'b' } }, b: {} },
    }),
    script: [send('go'), resolve('c/w', 1)],
  },
  'a promise that is spawned': {
    machine: named.createMachine({
      on: { go: { actions: spawnChild('work', { id: 'w' }) }, 'xstate.done.actor.w': { actions: emit(outcome) } },
    }),
    script: [send('go'), resolve('w', 7), send('x')],
  },
  'a promise that is spawned inline': {
    machine: createMachine({
      entry: spawnChild(work(), { id: 'w' }),
      on: { 'xstate.done.actor.w': { actions: emit(outcome) } },
    }),
    script: [resolve('w', 7)],
  },
  'promises that are spawned without an id': {
    machine: named.createMachine({
      on: {
        go: { actions: [spawnChild('work'), spawnChild('work')] },
        'xstate.done.actor.*': { actions: emit(outcome) },
      },
    }),
    script: [send('go'), resolve('anonymous 2', 2), resolve('anonymous 1', 1)],
  },
  'a promise that is spawned in assign': {
    machine: setup({ actors: { work: work() }, types: { context: {} as { ref?: AnyActorRef } } }).createMachine({
      context: {},
      on: {
        go: { actions: assign({ ref: ({ spawn }) => spawn('work', { id: 'w' } as never) }) },
        stop: { actions: stopChild('w') },
        'xstate.done.actor.w': { actions: emit(outcome) },
      },
    }),
    script: [send('go'), resolve('w', 1), send('stop'), send('go'), send('stop'), resolve('w', 2)],
  },
  'a promise that rejects and is not caught': {
    machine: createMachine({ invoke: { src: work(), id: 'w' } }),
    script: [reject('w', new Error('nobody'))],
  },
  'a spawned promise that rejects and is caught by a wildcard': {
    machine: named.createMachine({
      entry: spawnChild('work', { id: 'w' }),
      on: { 'xstate.error.actor.w': { actions: emit(outcome) } },
    }),
    script: [reject('w', new Error('no'))],
  },
  'a promise with onSnapshot': {
    machine: createMachine({
      invoke: {
        src: work(),
        id: 'w',
        onSnapshot: {
          actions: emit(({ event }) => ({
            type: 'snap',
            status: (event as unknown as { snapshot: { status: string } }).snapshot.status,
          })),
        },
        onDone: { actions: says('done') },
      },
    }),
    script: [send('x'), resolve('w', 1)],
  },
  'a promise with a systemId': {
    machine: createMachine({ invoke: { ...job('w'), systemId: 's' } as never }),
    script: [resolve('w', 1)],
  },
  'events to a promise are lost': {
    machine: createMachine({ invoke: job('w'), on: { go: { actions: forwardTo('w') } } }),
    script: [send('go'), resolve('w', 1)],
  },
  'a result that is kept in context': {
    machine: createMachine({
      context: { got: [] as unknown[] },
      invoke: {
        src: work(),
        id: 'w',
        onDone: { actions: assign({ got: ({ context, event }) => [...context.got, event.output] }) },
      },
    }),
    script: [resolve('w', { at: new Date(3), gap: undefined, map: new Map([[1, 2n]]) }), send('x')],
  },
  'a result that ends the machine': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: {
          invoke: [
            { src: work(), id: 'w', onDone: 'b' },
            { src: work(), id: 'v' },
          ],
        },
        b: { type: 'final' },
      },
    }),
    script: [resolve('w', 1), resolve('v', 1)],
  },
  'a result that begins more': {
    machine: named.createMachine({
      entry: spawnChild('work', { id: 'w' }),
      on: {
        'xstate.done.actor.w': { actions: [spawnChild('other', { id: 'x' }), spawnChild('other', { id: 'y' })] },
        'xstate.done.actor.*': { actions: emit(outcome) },
      },
    }),
    script: [resolve('w', 1), resolve('y', 2), resolve('x', 3)],
  },
  'a promise whose result goes to another child': {
    machine: createMachine({
      invoke: [
        {
          src: work(),
          id: 'w',
          onDone: {
            actions: sendTo('c', ({ event }) => ({ type: 'got', output: (event as { output?: unknown }).output })),
          },
        },
        { id: 'c', src: createMachine({ on: { got: { actions: emit(outcome) } } }) },
      ],
    }),
    script: [resolve('w', 'x')],
  },
};
