import { createMachine } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { src: timed, id: 't' }, on: { end: 'b' } }, b: { type: 'final' } },
  }),
  script: [wait(5), send('end'), wait(50)],
} satisfies Scenario;
