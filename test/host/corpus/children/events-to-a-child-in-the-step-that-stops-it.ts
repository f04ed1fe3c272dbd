import { createMachine, sendTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { src: counter, id: 'c' }, exit: sendTo('c', { type: 'up' }), on: { go: 'b' } }, b: {} },
  }),
  script: [send('go')],
} satisfies Scenario;
