import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { reject } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { src: work(), id: 'w', onDone: 'b', onError: 'c' } }, b: {}, c: {} },
  }),
  script: [reject('w', new RangeError('no'))],
} satisfies Scenario;
