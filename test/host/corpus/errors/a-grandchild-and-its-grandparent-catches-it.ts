import { createMachine, forwardTo } from 'xstate';
import { caught, failing } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: caught(createMachine({ invoke: { src: failing, id: 'd' }, on: { fail: { actions: forwardTo('d') } } })),
  script: [send('fail'), send('x')],
} satisfies Scenario;
