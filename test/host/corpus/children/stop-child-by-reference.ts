import { type AnyActorRef, assign, sendTo, setup, stopChild } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { timed }, types: { context: {} as { ref?: AnyActorRef } } }).createMachine({
    context: {},
    on: {
      go: { actions: assign({ ref: ({ spawn }) => spawn('timed', { id: 't' }) }) },
      stop: { actions: stopChild(({ context }) => context.ref as AnyActorRef) },
      poke: { actions: sendTo(({ context }) => context.ref as AnyActorRef, { type: 'x' }) },
    },
  }),
  script: [send('go'), send('stop'), send('poke'), wait(50)],
} satisfies Scenario;
