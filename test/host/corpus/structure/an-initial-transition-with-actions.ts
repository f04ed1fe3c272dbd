import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { initial: { target: 'b', actions: says('initial') }, states: { b: {} } } },
  }),
  script: sends('x'),
} satisfies Scenario;
