import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({ initial: 'a', states: { a: { after: { 100: 'b' }, on: { go: 'c' } }, b: {}, c: {} } }),
  script: [wait(50), send('go'), wait(500)],
} satisfies Scenario;
