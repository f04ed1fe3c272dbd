import { cancel, createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ on: { stop: { actions: cancel('x') } } }),
  script: [send('stop')],
} satisfies Scenario;
