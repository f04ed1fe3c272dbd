import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { n: 3 },
    initial: 'a',
    states: { a: { on: { end: 'b' } }, b: { type: 'final', output: 4 } },
    output: ({ context, event }) => ({ n: context.n, done: (event as { output?: unknown }).output }),
  }),
  script: sends('end', 'more'),
} satisfies Scenario;
