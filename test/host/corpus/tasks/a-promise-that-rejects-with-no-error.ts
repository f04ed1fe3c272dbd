import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { reject } from '../../support/steps.ts';
import { job } from '../../support/work.ts';

export default {
  machine: createMachine({ invoke: job('w') }),
  script: [reject('w', 'just text')],
} satisfies Scenario;
