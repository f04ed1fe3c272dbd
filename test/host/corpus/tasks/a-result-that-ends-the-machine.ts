import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
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
} satisfies Scenario;
