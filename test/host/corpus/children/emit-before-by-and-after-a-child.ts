import { createMachine, forwardTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: { src: counter, id: 'c' },
    on: { up: { actions: [says('before'), forwardTo('c'), says('after')] } },
  }),
  script: [send('up')],
} satisfies Scenario;
