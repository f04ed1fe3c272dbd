import { emit, spawnChild } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve, send } from '../../support/steps.ts';
import { named } from '../../support/work.ts';

export default {
  machine: named.createMachine({
    on: {
      go: { actions: [spawnChild('work'), spawnChild('work')] },
      'xstate.done.actor.*': { actions: emit(heard) },
    },
  }),
  script: [send('go'), resolve('anonymous 2', 2), resolve('anonymous 1', 1)],
} satisfies Scenario;
