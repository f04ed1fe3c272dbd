import { createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: raise({ type: 'late' }, { delay: 10 }),
    initial: 'a',
    states: { a: { on: { end: 'b' } }, b: { type: 'final' } },
  }),
  script: [send('end'), wait(20)],
} satisfies Scenario;
