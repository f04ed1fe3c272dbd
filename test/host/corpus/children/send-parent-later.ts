import { createMachine, emit, sendParent } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'on',
    states: {
      on: {
        invoke: { src: createMachine({ entry: sendParent({ type: 'late' }, { delay: 20, id: 'l' }) }), id: 'c' },
        on: { off: { target: 'on', reenter: true } },
      },
    },
    on: { late: { actions: emit(heard) } },
  }),
  script: [wait(15), send('off'), wait(15), wait(5)],
} satisfies Scenario;
