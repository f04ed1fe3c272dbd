import { createMachine, emit } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve, says, send } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({
    invoke: {
      src: work(),
      id: 'w',
      onSnapshot: {
        actions: emit(({ event }) => ({
          type: 'snap',
          status: (event as unknown as { snapshot: { status: string } }).snapshot.status,
        })),
      },
      onDone: { actions: says('done') },
    },
  }),
  script: [send('x'), resolve('w', 1)],
} satisfies Scenario;
