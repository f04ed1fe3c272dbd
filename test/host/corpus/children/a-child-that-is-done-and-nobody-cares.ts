import { createMachine, forwardTo } from 'xstate';
import { asks } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ invoke: { src: asks, id: 'c' }, on: { answer: { actions: forwardTo('c') } } }),
  script: [send('answer'), send('answer')],
} satisfies Scenario;
