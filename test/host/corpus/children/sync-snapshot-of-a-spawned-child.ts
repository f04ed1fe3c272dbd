import { sendTo, setup, spawnChild } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { counter } }).createMachine({
    entry: spawnChild('counter', { id: 'c', syncSnapshot: true }),
    on: { up: { actions: sendTo('c', { type: 'up' }) }, 'xstate.snapshot.c': { actions: says('synced') } },
  }),
  script: [send('up'), send('other')],
} satisfies Scenario;
