import { createMachine, sendTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'on',
    states: {
      on: {
        invoke: {
          src: createMachine({
            on: {
              go: {
                actions: sendTo(
                  ({ self }) => (self as unknown as { _parent: typeof self })._parent,
                  { type: 'x' },
                  { delay: 50, id: 'x' },
                ),
              },
            },
          }),
          id: 'c',
        },
        on: { go: { actions: sendTo('c', { type: 'go' }) }, off: 'off' },
      },
      off: {},
    },
    on: { x: { actions: says('came') } },
  }),
  script: [send('go'), send('go'), send('off'), wait(100)],
} satisfies Scenario;
