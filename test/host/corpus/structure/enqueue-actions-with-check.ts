import { enqueueActions, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: setup({
    types: { context: {} as { n: number } },
    guards: { odd: ({ context }) => context.n % 2 === 1 },
  }).createMachine({
    context: { n: 0 },
    on: {
      go: {
        actions: enqueueActions(({ enqueue, check }) => {
          if (check('odd')) enqueue.emit({ type: 'odd' });
          enqueue.assign({ n: ({ context }) => context.n + 1 });
          enqueue(({ context }) => void context.n);
        }),
      },
    },
  }),
  script: sends('go', 'go', 'go'),
} satisfies Scenario;
