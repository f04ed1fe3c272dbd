import { type AnyActorRef, createMachine, forwardTo, sendTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: [
      { src: counter, id: 'c', systemId: 'the counter' },
      {
        id: 'd',
        src: createMachine({
          on: { go: { actions: sendTo(({ system }) => system.get('the counter') as AnyActorRef, { type: 'up' }) } },
        }),
      },
    ],
    on: { go: { actions: forwardTo('d') } },
  }),
  script: [send('go'), send('go')],
} satisfies Scenario;
