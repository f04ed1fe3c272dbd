import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { after: { 100: 'b' }, on: { again: { target: 'a', reenter: true }, stay: 'a' } }, b: {} },
  }),
  script: [wait(60), send('again'), wait(60), send('stay'), wait(60)],
} satisfies Scenario;
