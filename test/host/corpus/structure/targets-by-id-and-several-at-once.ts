import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    id: 'm',
    initial: 'idle',
    states: {
      idle: { on: { go: ['#deep', '#wide'], all: '#m.p' } },
      p: {
        type: 'parallel',
        states: {
          l: { initial: 'a', states: { a: {}, b: { id: 'deep' } } },
          r: { initial: 'a', states: { a: {}, b: { id: 'wide' } } },
        },
        on: { back: 'idle' },
      },
    },
  }),
  script: sends('go', 'back', 'all'),
} satisfies Scenario;
