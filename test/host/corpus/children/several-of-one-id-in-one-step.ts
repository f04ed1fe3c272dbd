import { type AnyActorRef, assign, sendTo, setup, stopChild } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

// The first two are let go, the last is stopped: what is left is a reference that leads nowhere.
const spawn = assign({ ref: ({ spawn }) => spawn('counter', { id: 'c' } as never) as AnyActorRef });

export default {
  machine: setup({ actors: { counter }, types: { context: {} as { ref?: AnyActorRef } } }).createMachine({
    context: {},
    on: {
      go: { actions: [spawn, spawn, spawn] as never },
      stop: { actions: [spawn, spawn, stopChild('c')] as never },
      up: { actions: sendTo(({ context, self }) => context.ref ?? self, { type: 'up' }) },
    },
  }),
  script: [send('go'), send('stop'), send('x')],
} satisfies Scenario;
