import { cancel, createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    on: {
      go: { actions: raise({ type: 'later' }, { delay: 50, id: 'x' }) },
      stop: { actions: cancel('x') },
      later: { actions: says('came') },
    },
  }),
  script: [send('go'), wait(5), send('go'), wait(5), send('stop'), send('go'), wait(60), send('stop'), wait(60)],
} satisfies Scenario;
