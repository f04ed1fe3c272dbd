import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({ initial: 'a', states: { a: { after: { 10.5: 'b' } }, b: {} } }),
  script: [wait(10), wait(1)],
} satisfies Scenario;
