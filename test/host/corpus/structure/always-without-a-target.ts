import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { count, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { n: 0 },
    always: { guard: ({ context }) => context.n % 2 === 1, actions: count },
    on: { up: { actions: count } },
  }),
  script: sends('up', 'up'),
} satisfies Scenario;
