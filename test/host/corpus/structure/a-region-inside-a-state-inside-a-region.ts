import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    type: 'parallel',
    states: {
      p: {
        initial: 'q',
        states: {
          q: { type: 'parallel', states: { r: { initial: 's', states: { s: { on: { go: 't' } }, t: {} } }, u: {} } },
        },
      },
      v: {},
    },
  }),
  script: sends('go'),
} satisfies Scenario;
