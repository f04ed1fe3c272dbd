import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: {
        entry: says('in'),
        exit: says('out'),
        on: { stay: { target: 'a' }, again: { target: 'a', reenter: true } },
      },
    },
  }),
  script: sends('stay', 'again'),
} satisfies Scenario;
