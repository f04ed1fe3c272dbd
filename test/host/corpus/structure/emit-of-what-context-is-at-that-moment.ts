import { createMachine, emit } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { count, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { n: 0 },
    on: { go: { actions: [count, emit(({ context }) => ({ type: 'n', n: context.n })), count] } },
  }),
  script: sends('go', 'go'),
} satisfies Scenario;
