import { createMachine, sendParent } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ entry: sendParent({ type: 'x' }) }),
  script: [send('go')],
} satisfies Scenario;
