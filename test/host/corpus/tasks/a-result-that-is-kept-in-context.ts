import { assign, createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve, send } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    context: { got: [] as unknown[] },
    invoke: {
      src: work(),
      id: 'w',
      onDone: { actions: assign({ got: ({ context, event }) => [...context.got, event.output] }) },
    },
  }),
  script: [resolve('w', { at: new Date(3), gap: undefined, map: new Map([[1, 2n]]) }), send('x')],
} satisfies Scenario;
