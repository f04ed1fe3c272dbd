import { createMachine, enqueueActions } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { n: 0 },
    on: {
      go: {
        actions: enqueueActions(({ context, enqueue }) => {
          if (context.n >= 3) return;
          enqueue.assign({ n: context.n + 1 });
          enqueue.raise({ type: 'go' });
        }),
      },
    },
  }),
  script: sends('go', 'go'),
} satisfies Scenario;
