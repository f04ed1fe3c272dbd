import { createMachine, raise } from 'xstate';
import { timed } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { says, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: [
      { id: 'a', src: createMachine({ invoke: { src: timed, id: 'same' }, on: { up: { actions: says('a') } } }) },
      {
        id: 'b',
        src: createMachine({
          entry: raise({ type: 'go' }, { delay: 10 }),
          initial: 'x',
          states: { x: { on: { go: 'y' } }, y: { invoke: { src: timed, id: 'same' } } },
        }),
      },
      { id: 'same', src: timed },
    ],
  }),
  script: [wait(15), wait(10), wait(20)],
} satisfies Scenario;
