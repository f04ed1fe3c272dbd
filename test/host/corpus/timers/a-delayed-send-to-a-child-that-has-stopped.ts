import { createMachine, sendTo } from 'xstate';
import { ping } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: {
        invoke: { src: ping, id: 'c' },
        on: { go: { actions: sendTo('c', { type: 'ping' }, { delay: 10 }) }, off: 'b' },
      },
      b: {},
    },
  }),
  script: [send('go'), send('off'), wait(10)],
} satisfies Scenario;
