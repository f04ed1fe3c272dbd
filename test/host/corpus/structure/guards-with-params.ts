import { emit, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: setup({
    types: { context: {} as { n: number } },
    guards: { above: ({ context }, { limit }: { limit: number }) => context.n > limit },
  }).createMachine({
    context: { n: 5 },
    on: {
      a: { guard: { type: 'above', params: { limit: 4 } }, actions: emit({ type: 'a' }) },
      b: { guard: { type: 'above', params: { limit: 5 } }, actions: emit({ type: 'b' }) },
    },
  }),
  script: sends('a', 'b'),
} satisfies Scenario;
