import { emit } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve } from '../../support/steps.ts';
import { named } from '../../support/work.ts';

export default {
  machine: named.createMachine({ invoke: { src: 'work', id: 'w', onDone: { actions: emit(heard) } } }),
  script: [resolve('w', { deep: [1] })],
} satisfies Scenario;
