import { createMachine, forwardTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'on',
    states: {
      on: {
        initial: 'a',
        states: {
          a: { on: { next: 'b' } },
          b: {
            invoke: { src: counter, id: 'c' },
            after: { 20: { actions: says('twenty') } },
            on: { up: { actions: forwardTo('c') } },
          },
          h: { type: 'history', history: 'deep' },
        },
        on: { off: 'off' },
      },
      off: { on: { on: 'on.h' } },
    },
  }),
  script: [send('next'), send('up'), wait(15), send('off'), wait(10), send('on'), wait(15), send('up'), wait(5)],
} satisfies Scenario;
