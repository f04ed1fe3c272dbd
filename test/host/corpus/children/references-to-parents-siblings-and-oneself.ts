import { type AnyActorRef, assign, emit, sendTo, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({
    types: { context: {} as { self?: AnyActorRef; a?: AnyActorRef; b?: AnyActorRef } },
    actors: {
      knows: setup({
        types: { context: {} as { whom: AnyActorRef }, input: {} as { whom: AnyActorRef } },
      }).createMachine({
        context: ({ input }) => ({ whom: input.whom }),
        on: {
          go: { actions: sendTo(({ context }) => context.whom, { type: 'hello' }) },
          hello: { actions: emit({ type: 'hello' }) },
        },
      }),
    },
  }).createMachine({
    context: {},
    on: {
      start: {
        actions: [
          assign({ self: ({ self }) => self as AnyActorRef }),
          assign({ a: ({ spawn, self }) => spawn('knows', { id: 'a', input: { whom: self as AnyActorRef } }) }),
          assign({
            b: ({ spawn, context }) => spawn('knows', { id: 'b', input: { whom: context.a as AnyActorRef } }),
          }),
        ],
      },
      a: { actions: sendTo('a', { type: 'go' }) },
      b: { actions: sendTo('b', { type: 'go' }) },
      hello: { actions: emit({ type: 'root hello' }) },
    },
  }),
  script: [send('start'), send('a'), send('b'), send('a')],
} satisfies Scenario;
