import { createMachine, forwardTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ invoke: { src: counter, id: 'c' }, on: { '*': { actions: forwardTo('c') } } }),
  script: [send('up'), send('up')],
} satisfies Scenario;
