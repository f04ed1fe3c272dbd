import { createMachine, forwardTo } from 'xstate';
import { caught, failing } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ invoke: { src: caught(failing), id: 'p' }, on: { '*': { actions: forwardTo('p') } } }),
  script: [send('fail'), send('x')],
} satisfies Scenario;
