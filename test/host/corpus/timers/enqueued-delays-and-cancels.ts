import { createMachine, enqueueActions } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: { src: counter, id: 'c' },
    on: {
      go: {
        actions: enqueueActions(({ enqueue }) => {
          enqueue.raise({ type: 'soon' }, { delay: 10, id: 'soon' });
          enqueue.raise({ type: 'late' }, { delay: 20, id: 'late' });
          enqueue.sendTo('c', { type: 'up' }, { delay: 15 });
          enqueue.cancel('late');
        }),
      },
      '*': { actions: says('heard') },
    },
  }),
  script: [send('go'), wait(10), wait(5), wait(50)],
} satisfies Scenario;
