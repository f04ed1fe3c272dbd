import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'on',
    states: {
      on: {
        type: 'parallel',
        states: {
          a: { initial: '1', states: { 1: { on: { a: '2' } }, 2: {} } },
          b: { initial: '1', states: { 1: { on: { b: '2' } }, 2: {} } },
          back: { type: 'history', history: 'deep' },
        },
        on: { off: 'off' },
      },
      off: { on: { on: 'on.back' } },
    },
  }),
  script: sends('b', 'off', 'on', 'a', 'off', 'on'),
} satisfies Scenario;
