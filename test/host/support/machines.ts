import { assign, createMachine, emit, fromTransition, raise, sendParent } from 'xstate';
import { says } from './steps.ts';

export const player = (type: 'shallow' | 'deep') =>
  createMachine({
    id: 'player',
    initial: 'on',
    states: {
      on: {
        initial: 'one',
        states: {
          one: { on: { next: 'two' } },
          two: { initial: 'a', states: { a: { on: { in: 'b' } }, b: {} } },
          back: { type: 'history', history: type },
        },
        on: { off: 'off' },
      },
      off: { on: { on: 'on.back' } },
    },
  });

export const ping = createMachine({ on: { ping: { actions: emit({ type: 'pinged' }) } } });

export const counter = createMachine({
  context: { n: 0 },
  on: {
    up: {
      actions: [assign({ n: ({ context }) => context.n + 1 }), emit(({ context }) => ({ type: 'n', n: context.n }))],
    },
    tell: { actions: sendParent(({ context }) => ({ type: 'told', n: context.n })) },
    end: { actions: raise({ type: 'really' }) },
  },
});

export const timed = createMachine({
  initial: 'a',
  states: { a: { after: { 20: 'b' } }, b: { entry: says('timed b'), after: { 20: 'c' } }, c: { type: 'final' } },
  output: 'time',
});

export const asks = createMachine({
  initial: 'asking',
  states: { asking: { on: { answer: 'answered' } }, answered: { type: 'final', output: 'yes' } },
  output: ({ event }) => ({ said: (event as { output?: unknown }).output }),
});

export const tally = fromTransition((sum: number, event: { type: string; by?: number }) => sum + (event.by ?? 0), 0);
