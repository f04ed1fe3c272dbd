import { createMachine } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { src: timed, id: 't' }, on: { go: { target: 'a', reenter: true } } } },
  }),
  script: [wait(10), send('go'), wait(15), wait(5)],
} satisfies Scenario;
