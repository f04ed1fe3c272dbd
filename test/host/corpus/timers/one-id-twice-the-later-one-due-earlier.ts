import { cancel, createMachine, emit, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    on: {
      long: { actions: raise(() => ({ type: 'later', n: 'long' }), { delay: 50, id: 'x' }) },
      short: { actions: raise(() => ({ type: 'later', n: 'short' }), { delay: 10, id: 'x' }) },
      stop: { actions: cancel('x') },
      later: { actions: emit(({ event }) => event) },
    },
  }),
  script: [send('long'), send('short'), wait(10), send('stop'), wait(100)],
} satisfies Scenario;
