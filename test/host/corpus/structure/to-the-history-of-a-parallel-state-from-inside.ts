import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

// XState goes on without the parallel state itself here: its exit is not heard.
export default {
  machine: createMachine({
    id: 'm',
    initial: 'both',
    states: {
      both: {
        type: 'parallel',
        exit: says('out of both'),
        states: { a: { tags: 'a', on: { go: '#m.both.h' } }, b: { tags: 'b' }, h: { type: 'history' } },
      },
      gone: {},
    },
    on: { other: { actions: says('heard') }, leave: '.gone' },
  }),
  script: sends('go', 'other', 'go', 'leave'),
} satisfies Scenario;
