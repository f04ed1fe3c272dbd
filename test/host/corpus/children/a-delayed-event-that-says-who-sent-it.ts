import { type AnyActorRef, createMachine, sendTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: {
      id: 'c',
      src: createMachine({
        on: {
          ping: {
            actions: sendTo(({ event }) => (event as unknown as { from: AnyActorRef }).from, { type: 'pong' }),
          },
        },
      }),
    },
    on: {
      go: { actions: sendTo('c', ({ self }) => ({ type: 'ping', from: self }), { delay: 5 }) },
      pong: { actions: says('pong') },
    },
  }),
  script: [send('go'), wait(5)],
} satisfies Scenario;
