import { createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: { entry: raise({ type: 'later' }, { delay: 25 }), on: { go: 'b' } },
      b: { on: { later: 'c' } },
      c: {},
    },
  }),
  script: [send('go'), wait(25)],
} satisfies Scenario;
