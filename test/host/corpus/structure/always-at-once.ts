import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { always: 'b' }, b: { entry: says('b'), always: 'c' }, c: {} },
  }),
  script: sends('x'),
} satisfies Scenario;
