import { createMachine, forwardTo } from 'xstate';
import { failing } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ invoke: { src: failing, id: 'c' }, on: { fail: { actions: forwardTo('c') } } }),
  script: [send('fail')],
} satisfies Scenario;
