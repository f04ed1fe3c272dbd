import { assign, raise, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send, wait } from '../../support/steps.ts';

export default {
  machine: setup({
    types: { context: {} as { ms: number } },
    delays: { growing: ({ context }) => context.ms },
  }).createMachine({
    context: { ms: 10 },
    entry: raise({ type: 'tick' }, { delay: 'growing' }),
    on: {
      tick: {
        actions: [
          assign({ ms: ({ context }) => context.ms * 2 }),
          says('tick') as never,
          raise({ type: 'tick' }, { delay: 'growing' as never }),
        ],
      },
    },
  }),
  script: [wait(10), wait(20), send('x'), wait(40)],
} satisfies Scenario;
