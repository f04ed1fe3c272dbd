import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({ on: { ping: { actions: says('pong') } } }),
  script: sends('ping'),
} satisfies Scenario;
