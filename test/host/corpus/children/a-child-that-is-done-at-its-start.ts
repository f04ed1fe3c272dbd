import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
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
} satisfies Scenario;
