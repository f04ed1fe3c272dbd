import { createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: { on: { go: { actions: [raise({ type: 'next' }), says('raised')] }, next: 'b' } },
      b: { entry: says('b') },
    },
  }),
  script: sends('go'),
} satisfies Scenario;
