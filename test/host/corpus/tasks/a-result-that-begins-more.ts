import { emit, spawnChild } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve } from '../../support/steps.ts';
import { named } from '../../support/work.ts';

export default {
  machine: named.createMachine({
    entry: spawnChild('work', { id: 'w' }),
    on: {
      'xstate.done.actor.w': { actions: [spawnChild('other', { id: 'x' }), spawnChild('other', { id: 'y' })] },
      'xstate.done.actor.*': { actions: emit(heard) },
    },
  }),
  script: [resolve('w', 1), resolve('y', 2), resolve('x', 3)],
} satisfies Scenario;
