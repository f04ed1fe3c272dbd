import { createMachine } from 'xstate';
import { fail } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: createMachine({ on: { go: { guard: fail as never, actions: says('x') } } }),
  script: [send('go')],
} satisfies Scenario;
