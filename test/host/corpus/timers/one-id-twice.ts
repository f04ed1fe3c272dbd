import { createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    on: { go: { actions: raise({ type: 'later' }, { delay: 50, id: 'x' }) }, later: { actions: says('came') } },
  }),
  script: [send('go'), wait(20), send('go'), wait(30), wait(20)],
} satisfies Scenario;
