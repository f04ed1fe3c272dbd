import { assign, createMachine } from 'xstate';
import { fail } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ context: {}, on: { go: { actions: assign(fail as never) } } }),
  script: [send('go')],
} satisfies Scenario;
