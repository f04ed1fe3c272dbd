import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve, send } from '../../support/steps.ts';
import { job } from '../../support/work.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { id: 'c', src: createMachine({ invoke: job('w') }) }, on: { go: 'b' } }, b: {} },
  }),
  script: [send('go'), resolve('c/w', 1)],
} satisfies Scenario;
