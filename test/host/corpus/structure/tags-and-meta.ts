import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: { tags: ['calm', 'cold'], meta: { page: 1 }, on: { go: 'b' } },
      b: { tags: 'hot', initial: 'c', states: { c: { tags: 'c' } } },
    },
  }),
  script: sends('go'),
} satisfies Scenario;
