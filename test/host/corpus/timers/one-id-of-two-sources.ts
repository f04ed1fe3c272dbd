import { cancel, createMachine, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: {
      src: createMachine({
        entry: raise({ type: 'l' }, { delay: 30, id: 'x' }),
        on: { l: { actions: says('child') } },
      }),
      id: 'c',
    },
    entry: raise({ type: 'l' }, { delay: 30, id: 'x' }),
    on: { l: { actions: says('parent') }, stop: { actions: cancel('x') } },
  }),
  script: [send('stop'), wait(30)],
} satisfies Scenario;
