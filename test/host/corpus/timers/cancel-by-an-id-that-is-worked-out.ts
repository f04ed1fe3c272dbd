import { cancel, createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: [raise({ type: 'later' }, { delay: 25, id: 'x1' }), raise({ type: 'later' }, { delay: 30, id: 'x2' })],
    on: {
      stop: { actions: cancel(({ event }) => `x${(event as { n?: number }).n}`) },
      later: { actions: says('came') },
    },
  }),
  script: [{ send: { type: 'stop', n: 2 } }, wait(50)],
} satisfies Scenario;
