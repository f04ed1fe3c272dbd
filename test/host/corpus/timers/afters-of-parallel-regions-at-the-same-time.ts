import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    type: 'parallel',
    states: {
      l: { initial: 'a', states: { a: { after: { 10: 'b' } }, b: { entry: says('l') } } },
      r: { initial: 'a', states: { a: { after: { 10: 'b' } }, b: { entry: says('r') } } },
    },
  }),
  script: [wait(10)],
} satisfies Scenario;
