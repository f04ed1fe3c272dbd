import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'off',
    states: {
      off: { on: { on: 'on.back' } },
      on: { initial: 'a', states: { a: {}, b: {}, back: { type: 'history', target: 'b' } }, on: { off: 'off' } },
    },
  }),
  script: sends('on', 'off', 'on'),
} satisfies Scenario;
