import { createMachine, sendTo, spawnChild } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: spawnChild(counter, { id: 'c' }),
    on: { up: { actions: sendTo('c', { type: 'up' }) } },
  }),
  script: [send('up')],
} satisfies Scenario;
