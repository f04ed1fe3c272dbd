import { type AnyActorRef, assign, sendTo, setup } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { counter }, types: { context: {} as { ref?: AnyActorRef } } }).createMachine({
    context: {},
    on: {
      go: { actions: assign({ ref: ({ spawn }) => spawn('counter', { id: 'c' }) }) },
      up: { actions: sendTo(({ context }) => context.ref as AnyActorRef, { type: 'up' }) },
    },
  }),
  script: [send('go'), send('up'), send('up')],
} satisfies Scenario;
