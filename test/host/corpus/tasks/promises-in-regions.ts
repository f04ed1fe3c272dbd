import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    type: 'parallel',
    states: {
      l: { initial: 'a', states: { a: { invoke: { src: work(), id: 'l', onDone: 'b' } }, b: {} } },
      r: { initial: 'a', states: { a: { invoke: { src: work(), id: 'r', onDone: 'b', onError: 'b' } }, b: {} } },
    },
  }),
  script: [resolve('r'), resolve('l')],
} satisfies Scenario;
