import { createMachine, forwardTo } from 'xstate';
import { tally } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ invoke: { src: tally, id: 't' }, on: { add: { actions: forwardTo('t') } } }),
  script: [send('add', { by: 2 }), send('add', { by: 3 }), send('x')],
} satisfies Scenario;
