import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

// XState leaves the root for good here: its exit is not heard at the end.
export default {
  machine: createMachine({
    id: 'm',
    type: 'parallel',
    tags: 'root',
    exit: says('out of the root'),
    states: {
      a: { initial: 'on', states: { on: { on: { end: 'off' } }, off: { type: 'final' } } },
      b: {
        initial: 'on',
        states: { on: { on: { go: { target: '#m.h', reenter: true }, end: 'off' } }, off: { type: 'final' } },
      },
      h: { type: 'history', history: 'deep' },
    },
  }),
  script: sends('go', 'other', 'end'),
} satisfies Scenario;
