import { createMachine, emit, sendTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    invoke: [
      {
        src: work(),
        id: 'w',
        onDone: {
          actions: sendTo('c', ({ event }) => ({ type: 'got', output: (event as { output?: unknown }).output })),
        },
      },
      { id: 'c', src: createMachine({ on: { got: { actions: emit(heard) } } }) },
    ],
  }),
  script: [resolve('w', 'x')],
} satisfies Scenario;
