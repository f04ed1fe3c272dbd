import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { after: { 100: { actions: says('100') }, 50: { actions: says('50') }, 200: 'b' } }, b: {} },
  }),
  script: [wait(60), wait(60), wait(200)],
} satisfies Scenario;
