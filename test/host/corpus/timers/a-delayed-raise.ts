import { createMachine, emit, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: raise(() => ({ type: 'later', n: 1 }), { delay: 25 }),
    on: { later: { actions: emit(({ event }) => event) } },
  }),
  script: [wait(24), wait(1)],
} satisfies Scenario;
