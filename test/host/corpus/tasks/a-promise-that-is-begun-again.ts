import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve, send } from '../../support/steps.ts';
import { job } from '../../support/work.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: job('w'), on: { go: { target: 'a', reenter: true } } } },
  }),
  script: [send('go'), send('go'), resolve('w', 1)],
} satisfies Scenario;
