import { assign, createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { got: 0 },
    initial: 'a',
    states: {
      a: {
        initial: 'x',
        states: { x: { on: { go: 'y' } }, y: { type: 'final', output: 7 } },
        onDone: { target: 'b', actions: assign({ got: ({ event }) => event.output as number }) },
      },
      b: {},
    },
  }),
  script: sends('go'),
} satisfies Scenario;
