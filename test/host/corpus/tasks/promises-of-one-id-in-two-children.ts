import { assign, createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
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
} satisfies Scenario;
