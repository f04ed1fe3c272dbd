import { assign, createMachine, forwardTo } from 'xstate';
import { tally } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { last: 0 },
    invoke: {
      src: tally,
      id: 't',
      onSnapshot: { actions: assign({ last: ({ event }) => event.snapshot.context as number }) },
    },
    on: { add: { actions: forwardTo('t') } },
  }),
  script: [send('add', { by: 2 }), send('x'), send('add', { by: 2 })],
} satisfies Scenario;
