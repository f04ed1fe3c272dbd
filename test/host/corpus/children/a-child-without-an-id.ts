import { createMachine } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { src: timed, onDone: 'b' } }, b: {} },
  }),
  script: [wait(20), wait(20)],
} satisfies Scenario;
