import { enqueueActions, setup } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { timed } }).createMachine({
    on: {
      go: { actions: enqueueActions(({ enqueue }) => enqueue.spawnChild('timed', { id: 't' })) },
      stop: { actions: enqueueActions(({ enqueue }) => enqueue.stopChild('t')) },
    },
  }),
  script: [send('go'), wait(10), send('stop'), wait(50), send('go')],
} satisfies Scenario;
