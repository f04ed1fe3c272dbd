import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { reject, resolve, send } from '../../support/steps.ts';
import { job } from '../../support/work.ts';

export default {
  machine: createMachine({ invoke: [job('a'), job('b'), job('c')] }),
  script: [resolve('c', 3), send('x'), reject('a', new Error('no')), resolve('b', 2)],
} satisfies Scenario;
