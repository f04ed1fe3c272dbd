import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: says('in root'),
    initial: 'a',
    states: {
      a: {
        entry: says('in a'),
        exit: says('out a'),
        initial: 'b',
        states: { b: { entry: says('in b'), exit: says('out b') } },
      },
      c: { entry: says('in c') },
    },
    on: { go: { target: '.c', actions: says('going') } },
  }),
  script: sends('go', 'go'),
} satisfies Scenario;
