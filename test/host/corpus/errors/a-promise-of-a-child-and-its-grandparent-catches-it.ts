import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { reject, says, send } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    invoke: {
      src: createMachine({ invoke: { src: work(), id: 'w' } }),
      id: 'c',
      onError: { actions: says('caught') },
    },
  }),
  script: [reject('c/w', new RangeError('no')), send('x')],
} satisfies Scenario;
