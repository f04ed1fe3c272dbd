import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: {
        initial: 'b',
        states: { b: { on: { in: 'c' } }, c: { initial: 'd', states: { d: {} } } },
        on: { out: 'z' },
      },
      z: { on: { back: 'a.c' } },
    },
  }),
  script: sends('in', 'out', 'back', 'in'),
} satisfies Scenario;
