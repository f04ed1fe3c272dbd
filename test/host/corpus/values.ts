import { assign, createMachine, emit, raise, setup } from 'xstate';
import { controlled } from '../support/controlled.ts';
import type { Corpus, Scenario } from '../support/scenario.ts';

const kinds: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  'a date': new Date(1_700_000_000_000),
  'a date that is none': new Date(Number.NaN),
  'a map': new Map<unknown, unknown>([
    ['a', 1],
    [2, new Map([['b', undefined]])],
  ]),
  'a set': new Set([1, 'two', new Date(3)]),
  'a BigInt': 12345678901234567890n,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  'minus zero': -0,
  'an expression': /a.b/gi,
  'an error': new RangeError('no'),
  'an empty object': {},
  'an empty list': [],
  'a list with gaps': [1, undefined, null],
  'keys that are code': JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "prototype": 3}'),
  'such keys beside what JSON loses': { ...JSON.parse('{"constructor": {"prototype": 1}}'), at: new Date(1) },
  'keys with dots': { 'a.b': undefined, 'a\\.b': new Date(2), '0': 1n },
  'an object like a reference': { xstate$$type: 2, id: 'x' },
  'long text with everything': 'é😀\u0000"\\\n'.repeat(50),
};

const kept = (value: unknown): Scenario => ({
  machine: setup({
    types: { context: {} as Record<string, unknown>, input: {} as unknown },
    actors: { work: controlled() },
  }).createMachine({
    context: ({ input }) => ({ input, event: 'none', list: [{ input }] }),
    entry: raise(({ context }: { context: Record<string, unknown> }) => ({ type: 'timer', value: context.input }), {
      delay: 10,
    }),
    invoke: {
      src: 'work',
      id: 'w',
      input: ({ context }: { context: Record<string, unknown> }) => context.input,
      onDone: { actions: assign({ result: ({ event }) => event.output }) },
    },
    on: {
      keep: { actions: assign({ event: ({ event }) => event.value }) },
      tell: { actions: emit(({ context }) => ({ type: 'told', context })) },
      timer: { actions: assign({ timer: ({ event }) => event.value }) },
      end: '.end',
    },
    initial: 'on',
    states: { on: {}, end: { type: 'final' } },
    output: ({ context }) => context.event,
  }),
  input: value,
  script: [
    { send: { type: 'keep', value } },
    { send: { type: 'tell' } },
    { advance: 10 },
    { resolve: 'w', output: value },
    { send: { type: 'tell' } },
    { send: { type: 'end' } },
  ],
});

/** Values that plain JSON loses or changes: in input, context, events, timers, tasks, results and output. */
export const values: Corpus = {
  ...Object.fromEntries(Object.entries(kinds).map(([name, value]) => [name, kept(value)])),
  'a key whose value is undefined': {
    machine: createMachine({
      context: { gap: undefined as string | undefined },
      on: { look: { actions: emit(({ context }) => ({ type: 'seen', has: 'gap' in context })) } },
    }),
    script: [{ send: { type: 'look' } }],
  },
};
