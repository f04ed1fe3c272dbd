import { createMachine, forwardTo } from 'xstate';
import { failing } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: [
      { src: failing, id: 'c', onError: { actions: says('caught') } },
      { src: createMachine({ on: { x: { actions: says('alive') } } }), id: 'd' },
    ],
    on: { fail: { actions: forwardTo('c') }, x: { actions: forwardTo('d') } },
  }),
  script: [send('fail'), send('x')],
} satisfies Scenario;
