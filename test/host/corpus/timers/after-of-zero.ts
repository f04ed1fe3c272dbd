import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({ initial: 'a', states: { a: { after: { 0: 'b' } }, b: {} } }),
  script: [wait(0), wait(1)],
} satisfies Scenario;
