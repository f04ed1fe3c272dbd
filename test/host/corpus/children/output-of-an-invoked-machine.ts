import { createMachine, emit, forwardTo } from 'xstate';
import { asks } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: {
        invoke: {
          src: asks,
          id: 'c',
          onDone: {
            target: 'b',
            actions: emit(({ event }) => ({ type: 'got', output: (event as { output?: unknown }).output })),
          },
        },
        on: { answer: { actions: forwardTo('c') } },
      },
      b: {},
    },
  }),
  script: [send('answer')],
} satisfies Scenario;
