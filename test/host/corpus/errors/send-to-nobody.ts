import { createMachine, sendTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ on: { go: { actions: sendTo('nobody', { type: 'x' }) } } }),
  script: [send('go')],
} satisfies Scenario;
