import { assign, createMachine, forwardTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { seen: [] as unknown[] },
    invoke: {
      src: counter,
      id: 'c',
      onSnapshot: { actions: assign({ seen: ({ context, event }) => [...context.seen, event.snapshot.context] }) },
    },
    on: { up: { actions: forwardTo('c') } },
  }),
  script: [send('up'), send('other'), send('up')],
} satisfies Scenario;
