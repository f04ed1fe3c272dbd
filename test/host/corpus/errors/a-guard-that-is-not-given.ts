import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: createMachine({ on: { go: { guard: 'missing' as never, actions: says('x') } } }),
  script: [send('go')],
} satisfies Scenario;
