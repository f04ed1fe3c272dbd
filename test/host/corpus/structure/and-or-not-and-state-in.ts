import { and, assign, emit, not, or, setup, stateIn } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: setup({
    types: { context: {} as { n: number } },
    guards: { even: ({ context }) => context.n % 2 === 0, big: ({ context }) => context.n > 2 },
  }).createMachine({
    context: { n: 0 },
    type: 'parallel',
    states: {
      a: {
        initial: 'x',
        states: { x: { on: { up: { actions: assign({ n: ({ context }) => context.n + 1 }) }, flip: 'y' } }, y: {} },
      },
      b: {
        on: {
          both: { guard: and(['even', 'big']), actions: emit({ type: 'both' }) },
          either: { guard: or(['even', 'big']), actions: emit({ type: 'either' }) },
          odd: { guard: not('even'), actions: emit({ type: 'odd' }) },
          where: { guard: stateIn({ a: 'y' }), actions: emit({ type: 'y' }) },
        },
      },
    },
  }),
  script: sends('both', 'either', 'up', 'odd', 'where', 'flip', 'where', 'both'),
} satisfies Scenario;
