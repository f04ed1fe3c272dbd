import { createMachine, sendTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: [
      { src: counter, id: 'one' },
      { src: counter, id: 'two' },
    ],
    on: { one: { actions: sendTo('one', { type: 'up' }) }, two: { actions: sendTo('two', { type: 'up' }) } },
  }),
  script: [send('one'), send('two'), send('one')],
} satisfies Scenario;
