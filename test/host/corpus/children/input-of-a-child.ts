import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { name: 'Ann' },
    invoke: {
      id: 'c',
      src: createMachine({ context: ({ input }) => ({ got: input as unknown }) }),
      input: ({ context }) => ({ name: context.name, gap: undefined }),
    },
  }),
  script: [send('x')],
} satisfies Scenario;
