import { sendTo, setup, spawnChild } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({ actions: { begin: spawnChild(counter, { id: 'c' as never }) } }).createMachine({
    on: { go: { actions: 'begin' }, up: { actions: sendTo('c', { type: 'up' }) } },
  }),
  script: [send('go'), send('up')],
} satisfies Scenario;
