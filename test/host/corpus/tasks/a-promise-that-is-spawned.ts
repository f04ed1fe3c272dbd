import { emit, spawnChild } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve, send } from '../../support/steps.ts';
import { named } from '../../support/work.ts';

export default {
  machine: named.createMachine({
    on: { go: { actions: spawnChild('work', { id: 'w' }) }, 'xstate.done.actor.w': { actions: emit(heard) } },
  }),
  script: [send('go'), resolve('w', 7), send('x')],
} satisfies Scenario;
