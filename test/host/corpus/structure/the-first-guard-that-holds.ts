import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    on: {
      go: [
        { guard: () => false, actions: says('no') },
        { guard: () => true, actions: says('yes') },
        { actions: says('late') },
      ],
    },
  }),
  script: sends('go'),
} satisfies Scenario;
