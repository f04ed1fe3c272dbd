import { createMachine, spawnChild } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: { src: counter, id: 'c', systemId: 's' },
    on: { go: { actions: spawnChild(counter, { id: 'd', systemId: 's' }) } },
  }),
  script: [send('go')],
} satisfies Scenario;
