import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'both',
    states: {
      both: {
        type: 'parallel',
        states: {
          a: { initial: 'on', states: { on: { on: { a: 'off' } }, off: { type: 'final' } } },
          b: { initial: 'on', states: { on: { on: { b: 'off' } }, off: { type: 'final' } } },
        },
        onDone: { target: 'end', actions: says('both') },
      },
      end: { type: 'final' },
    },
  }),
  script: sends('b', 'a', 'a'),
} satisfies Scenario;
