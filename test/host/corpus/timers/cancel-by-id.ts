import { cancel, createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: raise({ type: 'later' }, { delay: 25, id: 'x' }),
    on: { stop: { actions: cancel('x') }, later: { actions: says('came') } },
  }),
  script: [wait(10), send('stop'), wait(50), send('stop')],
} satisfies Scenario;
