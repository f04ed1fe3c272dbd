import { createMachine, sendParent } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: { src: createMachine({ entry: [sendParent({ type: 'hi' }), says('child')] }), id: 'c' },
    on: { hi: { actions: says('parent') } },
  }),
  script: [send('x')],
} satisfies Scenario;
