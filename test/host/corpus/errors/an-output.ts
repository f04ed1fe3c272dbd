import { createMachine } from 'xstate';
import { fail } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { on: { go: 'b' } }, b: { type: 'final' } },
    output: fail as never,
  }),
  script: [send('go')],
} satisfies Scenario;
