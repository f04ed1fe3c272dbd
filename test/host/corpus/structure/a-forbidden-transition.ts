import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { on: { go: undefined } } },
    on: { go: { actions: says('root') } },
  }),
  script: sends('go'),
} satisfies Scenario;
