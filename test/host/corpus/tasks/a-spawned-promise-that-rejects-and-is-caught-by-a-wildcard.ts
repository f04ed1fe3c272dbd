import { emit, spawnChild } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, reject } from '../../support/steps.ts';
import { named } from '../../support/work.ts';

export default {
  machine: named.createMachine({
    entry: spawnChild('work', { id: 'w' }),
    on: { 'xstate.error.actor.w': { actions: emit(heard) } },
  }),
  script: [reject('w', new Error('no'))],
} satisfies Scenario;
