import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    type: 'parallel',
    states: {
      left: { initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } },
      right: { initial: 'x', states: { x: { on: { go: 'y', only: 'y' } }, y: { on: { go: 'x' } } } },
    },
  }),
  script: sends('only', 'go', 'go'),
} satisfies Scenario;
