import { createMachine } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { src: timed, id: 't' }, on: { go: 'b' } }, b: {} },
  }),
  script: [wait(10), send('go'), wait(100)],
} satisfies Scenario;
