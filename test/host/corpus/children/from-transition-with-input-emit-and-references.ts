import { forwardTo, fromTransition, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({
    actors: {
      log: fromTransition(
        (state: { list: string[] }, event: { type: string }, { emit: tellAll }) => {
          (tellAll as (event: { type: string }) => void)({ type: `log ${event.type}` });
          return { ...state, list: [...state.list, event.type] };
        },
        ({ input }: { input: string }) => ({ list: [input] }),
      ),
    },
  }).createMachine({ invoke: { src: 'log', id: 'l', input: 'first' }, on: { '*': { actions: forwardTo('l') } } }),
  script: [send('a'), send('b')],
} satisfies Scenario;
