import { assign, createMachine, sendParent, sendTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { n: 0 },
    invoke: { src: createMachine({ on: { ping: { actions: sendParent({ type: 'pong' }) } } }), id: 'c' },
    on: {
      start: { actions: sendTo('c', { type: 'ping' }) },
      pong: {
        guard: ({ context }) => context.n < 3,
        actions: [assign({ n: ({ context }) => context.n + 1 }), sendTo('c', { type: 'ping' })],
      },
    },
  }),
  script: [send('start'), send('start')],
} satisfies Scenario;
