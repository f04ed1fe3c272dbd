import { emit, sendTo, setup, spawnChild } from 'xstate';
import { asks } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { heard, send } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { asks } }).createMachine({
    entry: spawnChild('asks', { id: 'c' }),
    on: { answer: { actions: sendTo('c', { type: 'answer' }) }, 'xstate.done.actor.c': { actions: emit(heard) } },
  }),
  script: [send('answer'), send('x')],
} satisfies Scenario;
