import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { after: { 10: 'b' } }, b: { after: { 20: 'a' }, entry: says('b') } },
  }),
  script: [wait(35), wait(100), wait(7)],
} satisfies Scenario;
