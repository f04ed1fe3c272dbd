import { createMachine } from 'xstate';
import { caught, fail } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: caught(createMachine({ initial: 'a', states: { a: { after: { 10: 'b' } }, b: { entry: fail } } })),
  script: [wait(10), send('x')],
} satisfies Scenario;
