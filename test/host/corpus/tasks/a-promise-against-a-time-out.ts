import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve, wait } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { src: work(), id: 'w', onDone: 'b' }, after: { 10: 'c' } }, b: {}, c: {} },
  }),
  script: [wait(9), wait(1), resolve('w', 1)],
} satisfies Scenario;
