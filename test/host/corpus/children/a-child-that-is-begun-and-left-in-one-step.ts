import { createMachine } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { on: { go: 'b' } }, b: { invoke: { src: timed, id: 't' }, always: 'c' }, c: {} },
  }),
  script: [send('go'), wait(30)],
} satisfies Scenario;
