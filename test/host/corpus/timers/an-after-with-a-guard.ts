import { assign, createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { ok: false },
    initial: 'a',
    states: {
      a: { after: { 10: [{ guard: ({ context }) => context.ok, target: 'b' }, { target: 'c' }] } },
      b: {},
      c: {},
    },
    on: { ok: { actions: assign({ ok: true }) } },
  }),
  script: [send('ok'), wait(10)],
} satisfies Scenario;
