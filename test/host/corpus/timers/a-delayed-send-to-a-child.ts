import { createMachine, sendTo } from 'xstate';
import { ping } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: { src: ping, id: 'c' },
    on: { go: { actions: sendTo('c', { type: 'ping' }, { delay: 10 }) } },
  }),
  script: [send('go'), wait(5), wait(5)],
} satisfies Scenario;
