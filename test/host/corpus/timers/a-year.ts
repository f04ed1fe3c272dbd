import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({ initial: 'a', states: { a: { after: { 31536000000: 'b' } }, b: {} } }),
  script: [wait(31_535_999_999), wait(1)],
} satisfies Scenario;
