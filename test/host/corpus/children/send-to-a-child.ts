import { createMachine, sendTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({ invoke: { src: counter, id: 'c' }, on: { go: { actions: sendTo('c', { type: 'up' }) } } }),
  script: [send('go'), send('go')],
} satisfies Scenario;
