import { createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: [raise({ type: 'a' }, { delay: 10 }), raise({ type: 'b' }, { delay: 10 })],
    on: {
      a: { actions: [says('a'), raise({ type: 'c' }, { delay: 0 })] },
      b: { actions: says('b') },
      c: { actions: says('c') },
    },
  }),
  script: [wait(10)],
} satisfies Scenario;
