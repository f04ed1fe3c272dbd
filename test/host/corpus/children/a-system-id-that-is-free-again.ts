import { type AnyActorRef, createMachine, sendTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { invoke: { src: counter, id: 'c', systemId: 's' }, on: { go: { target: 'a', reenter: true } } } },
    on: { up: { actions: sendTo(({ system }) => system.get('s') as AnyActorRef, { type: 'up' }) } },
  }),
  script: [send('up'), send('go'), send('up')],
} satisfies Scenario;
