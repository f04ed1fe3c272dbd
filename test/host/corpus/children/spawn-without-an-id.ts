import { type AnyActorRef, assign, enqueueActions, setup } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { counter }, types: { context: {} as { refs: AnyActorRef[] } } }).createMachine({
    context: { refs: [] },
    on: {
      go: { actions: assign({ refs: ({ context, spawn }) => [...context.refs, spawn('counter')] }) },
      up: {
        actions: enqueueActions(({ context, enqueue }) => {
          for (const ref of context.refs) enqueue.sendTo(ref, { type: 'up' });
        }),
      },
    },
  }),
  script: [send('go'), send('up'), send('go'), send('up'), send('go'), send('up')],
} satisfies Scenario;
