import { assign, createMachine, emit, forwardTo, raise, sendParent, sendTo, setup, spawnChild } from 'xstate';
import { controlled } from '../support/controlled.ts';
import type { Scenario } from '../support/scenario.ts';
import { reject, resolve, send, wait } from '../support/steps.ts';

const reminder = createMachine({
  initial: 'quiet',
  states: {
    quiet: { after: { 100: { target: 'loud', actions: sendParent({ type: 'remind', times: 1 }) } } },
    loud: { entry: emit({ type: 'loud' }), after: { 50: 'quiet' } },
  },
});
const dialog = setup({
  actors: { reminder, look: controlled() },
  types: { context: {} as { days: string[] } },
}).createMachine({
  context: { days: [] },
  initial: 'asking',
  invoke: { src: 'reminder', id: 'reminder' },
  states: {
    asking: { on: { answer: 'looking' }, after: { 500: { actions: emit({ type: 'still there?' }) } } },
    looking: {
      invoke: {
        src: 'look',
        id: 'look',
        onDone: {
          target: 'asking',
          actions: [emit({ type: 'free' }), assign({ days: ({ context }) => [...context.days, 'a day'] })],
        },
        onError: { target: 'asking', actions: emit({ type: 'taken' }) },
      },
    },
    over: { type: 'final' },
  },
  on: { remind: { actions: sendParent({ type: 'reminded' }) }, end: '.over' },
  output: ({ context }) => context.days,
});

/** Children of children, with timers and tasks at every level, and an end that depends on all of it. */
export const story: Scenario = {
  machine: setup({
    actors: { dialog, work: controlled() },
    types: { context: {} as { reminders: number; days: unknown } },
  }).createMachine({
    context: { reminders: 0, days: undefined },
    entry: [raise({ type: 'tick' }, { delay: 120, id: 'tick' }), spawnChild('work')],
    initial: 'talking',
    states: {
      talking: {
        invoke: {
          src: 'dialog',
          id: 'dialog',
          onDone: { target: 'over', actions: assign({ days: ({ event }) => event.output }) },
        },
        on: {
          answer: { actions: forwardTo('dialog') },
          end: { actions: sendTo('dialog', { type: 'end' }, { delay: 30 }) },
        },
      },
      over: { entry: emit({ type: 'over' }), after: { 10: 'gone' } },
      gone: { type: 'final' },
    },
    on: {
      tick: { actions: [emit({ type: 'tick' }), raise({ type: 'tick' }, { delay: 120, id: 'tick' })] },
      reminded: {
        actions: [assign({ reminders: ({ context }) => context.reminders + 1 }), emit({ type: 'reminded' })],
      },
      'xstate.done.actor.*': { actions: emit({ type: 'worked' }) },
    },
    output: ({ context }) => context,
  }),
  script: [
    wait(110),
    send('answer'),
    wait(45),
    resolve('dialog/look', 'Monday'),
    send('answer'),
    resolve('*', 'done'),
    reject('dialog/look', new RangeError('no')),
    wait(300),
    send('answer'),
    resolve('dialog/look', 'Tuesday'),
    wait(520),
    send('end'),
    wait(29),
    wait(1),
    wait(10),
  ],
};
