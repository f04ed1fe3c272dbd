import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve, send } from '../../support/steps.ts';
import { job } from '../../support/work.ts';

export default {
  machine: createMachine({
    context: { day: 'Monday' },
    invoke: { ...job('w'), input: ({ context }) => ({ day: context.day }) },
  }),
  script: [send('x'), resolve('w')],
} satisfies Scenario;
