import { forwardTo, setup } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { counter } }).createMachine({
    invoke: { src: 'counter', id: 'c' },
    on: { up: { actions: forwardTo('c') } },
  }),
  script: [send('up')],
} satisfies Scenario;
