import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({ initial: 'a', states: { a: { after: { 100: 'b' } }, b: { entry: says('b') } } }),
  script: [wait(99), wait(1), wait(100)],
} satisfies Scenario;
