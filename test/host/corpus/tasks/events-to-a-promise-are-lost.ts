import { createMachine, forwardTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve, send } from '../../support/steps.ts';
import { job } from '../../support/work.ts';

export default {
  machine: createMachine({ invoke: job('w'), on: { go: { actions: forwardTo('w') } } }),
  script: [send('go'), resolve('w', 1)],
} satisfies Scenario;
