import { assign, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: setup({
    types: { context: {} as { ms: number } },
    delays: { later: ({ context }) => context.ms },
  }).createMachine({
    context: { ms: 40 },
    initial: 'a',
    states: {
      a: { after: { later: 'b' }, on: { more: { target: 'a', reenter: true, actions: assign({ ms: 80 }) } } },
      b: {},
    },
  }),
  script: [wait(30), send('more'), wait(30), wait(50)],
} satisfies Scenario;
