import { createMachine } from 'xstate';
import { fail } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({ after: { 10: { actions: fail } } } as never),
  script: [wait(5), wait(5)],
} satisfies Scenario;
