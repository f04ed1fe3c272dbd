import { createMachine, forwardTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
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
} satisfies Scenario;
