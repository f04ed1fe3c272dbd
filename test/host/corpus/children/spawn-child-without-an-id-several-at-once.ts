import { setup, spawnChild } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { timed } }).createMachine({
    on: {
      go: { actions: [spawnChild('timed'), spawnChild('timed')] },
      'xstate.done.actor.*': { actions: says('done') },
    },
  }),
  script: [send('go'), wait(10), send('go'), wait(15), wait(100)],
} satisfies Scenario;
