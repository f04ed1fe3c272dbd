import { createMachine, emit, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: {
      id: 'c',
      src: createMachine({
        entry: raise(() => ({ type: 'l', at: new Date(5), gap: undefined, big: 3n }), { delay: 10 }),
        on: { l: { actions: emit(({ event }) => ({ ...event })) } },
      }),
    },
  }),
  script: [wait(5), wait(5)],
} satisfies Scenario;
