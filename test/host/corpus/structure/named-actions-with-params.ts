import { assign, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: setup({
    types: { context: {} as { log: string[] } },
    actions: { note: assign({ log: ({ context }, { text }: { text: string }) => [...context.log, text] }) },
  }).createMachine({
    context: { log: [] },
    on: {
      go: {
        actions: [
          { type: 'note', params: { text: 'one' } },
          { type: 'note', params: ({ event }) => ({ text: event.type }) },
        ],
      },
    },
  }),
  script: sends('go'),
} satisfies Scenario;
