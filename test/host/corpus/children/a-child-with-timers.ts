import { createMachine, emit } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: {
        invoke: {
          src: timed,
          id: 't',
          onDone: {
            target: 'b',
            actions: emit(({ event }) => ({ type: 'done', output: (event as { output?: unknown }).output })),
          },
        },
      },
      b: {},
    },
  }),
  script: [wait(30), wait(10)],
} satisfies Scenario;
