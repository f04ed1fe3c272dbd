import { sendTo, setup, spawnChild } from 'xstate';
import { failing } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { failing } }).createMachine({
    entry: spawnChild('failing', { id: 'c' }),
    on: { fail: { actions: sendTo('c', { type: 'fail' }) }, 'xstate.error.actor.c': { actions: says('heard') } },
  }),
  script: [send('fail'), send('x')],
} satisfies Scenario;
