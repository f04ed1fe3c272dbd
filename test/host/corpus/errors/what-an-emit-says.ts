import { createMachine, emit } from 'xstate';
import { fail } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ on: { go: { actions: emit(fail as never) } } }),
  script: [send('go')],
} satisfies Scenario;
