import { createMachine, forwardTo, spawnChild } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: [
      { src: counter, id: 'first', systemId: 's' },
      {
        src: createMachine({ on: { go: { actions: spawnChild(counter, { systemId: 's' }) } } }),
        id: 'c',
        onError: { actions: says('caught') },
      },
    ],
    on: { go: { actions: forwardTo('c') } },
  }),
  script: [send('go'), send('x')],
} satisfies Scenario;
