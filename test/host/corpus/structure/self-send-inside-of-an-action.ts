import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { count, says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { n: 0 },
    on: { go: { actions: ({ self }) => self.send({ type: 'up' }) }, up: { actions: [count, says('up')] } },
  }),
  script: sends('go'),
} satisfies Scenario;
