import { emit } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve } from '../../support/steps.ts';
import { named } from '../../support/work.ts';

export default {
  machine: named.createMachine({
    invoke: [
      { src: 'work', id: 'a', onDone: { actions: emit(heard) } },
      { src: 'work', id: 'b', onDone: { actions: emit(heard) } },
    ],
  }),
  script: [resolve('b', 2), resolve('a', 1)],
} satisfies Scenario;
