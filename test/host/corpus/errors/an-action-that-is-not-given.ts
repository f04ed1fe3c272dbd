import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: createMachine({ on: { go: { actions: ['missing' as never, says('x')] } } }),
  script: [send('go')],
} satisfies Scenario;
