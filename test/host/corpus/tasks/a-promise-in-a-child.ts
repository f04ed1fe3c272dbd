import { createMachine, emit } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve, send } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    invoke: {
      id: 'c',
      src: createMachine({
        initial: 'a',
        states: { a: { invoke: { src: work(), id: 'w', onDone: 'b' } }, b: { type: 'final' } },
        output: 'all',
      }),
      onDone: { actions: emit(heard) },
    },
  }),
  script: [send('x'), resolve('c/w', 1)],
} satisfies Scenario;
