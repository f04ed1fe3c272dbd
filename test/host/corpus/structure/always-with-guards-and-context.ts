import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { count, says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { n: 0 },
    initial: 'low',
    states: {
      low: { on: { up: { actions: count } }, always: { guard: ({ context }) => context.n >= 2, target: 'high' } },
      high: { entry: says('high') },
    },
  }),
  script: sends('up', 'up', 'up'),
} satisfies Scenario;
