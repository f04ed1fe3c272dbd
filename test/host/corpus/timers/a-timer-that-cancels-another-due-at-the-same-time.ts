import { cancel, createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: [raise({ type: 'a' }, { delay: 10 }), raise({ type: 'b' }, { delay: 10, id: 'b' })],
    on: { a: { actions: cancel('b') }, b: { actions: says('b') } },
  }),
  script: [wait(10)],
} satisfies Scenario;
