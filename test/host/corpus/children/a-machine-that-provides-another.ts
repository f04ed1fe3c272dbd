import { createMachine, forwardTo, setup } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { some: createMachine({}) } })
    .createMachine({ invoke: { src: 'some', id: 'c' }, on: { up: { actions: forwardTo('c') } } })
    .provide({ actors: { some: counter as never } }),
  script: [send('up')],
} satisfies Scenario;
