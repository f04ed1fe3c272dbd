import { type AnyActorRef, enqueueActions, setup } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({
    actors: { counter },
    types: { context: {} as { map: Map<string, AnyActorRef>; set: Set<AnyActorRef>; list: AnyActorRef[] } },
  }).createMachine({
    context: ({ spawn }) => {
      const ref = spawn('counter', { id: 'c' }) as AnyActorRef;
      return { map: new Map([['c', ref]]), set: new Set([ref]), list: [ref] };
    },
    on: {
      up: {
        actions: enqueueActions(({ context, enqueue }) => {
          for (const ref of [...context.map.values(), ...context.set, ...context.list])
            enqueue.sendTo(ref, { type: 'up' });
        }),
      },
    },
  }),
  script: [send('up'), send('up')],
} satisfies Scenario;
