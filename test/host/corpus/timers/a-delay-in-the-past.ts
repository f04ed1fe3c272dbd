import { createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    on: { go: { actions: raise({ type: 'late' }, { delay: -5 }) }, late: { actions: says('late') } },
  }),
  script: [send('go'), wait(0)],
} satisfies Scenario;
