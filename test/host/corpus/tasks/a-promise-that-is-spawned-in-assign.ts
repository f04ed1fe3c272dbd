import { type AnyActorRef, assign, emit, setup, stopChild } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { heard, resolve, send } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: setup({ actors: { work: work() }, types: { context: {} as { ref?: AnyActorRef } } }).createMachine({
    context: {},
    on: {
      go: { actions: assign({ ref: ({ spawn }) => spawn('work', { id: 'w' } as never) }) },
      stop: { actions: stopChild('w') },
      'xstate.done.actor.w': { actions: emit(heard) },
    },
  }),
  script: [send('go'), resolve('w', 1), send('stop'), send('go'), send('stop'), resolve('w', 2)],
} satisfies Scenario;
