import { createMachine, emit, spawnChild } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    entry: spawnChild(work(), { id: 'w' }),
    on: { 'xstate.done.actor.w': { actions: emit(heard) } },
  }),
  script: [resolve('w', 7)],
} satisfies Scenario;
