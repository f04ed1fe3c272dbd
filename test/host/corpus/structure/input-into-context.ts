import { setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: setup({ types: { input: {} as { name: string }, context: {} as { name: string } } }).createMachine({
    context: ({ input }) => ({ name: input.name }),
  }),
  input: { name: 'Ann' },
  script: sends('x'),
} satisfies Scenario;
