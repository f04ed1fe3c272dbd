import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { reject } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({ invoke: { src: work(), id: 'w' } }),
  script: [reject('w', new Error('nobody'))],
} satisfies Scenario;
