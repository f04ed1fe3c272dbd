import { createMachine, setup, spawnChild } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({
    actors: { echo: createMachine({ context: ({ input }) => ({ input: input as unknown }) }) },
  }).createMachine({
    on: {
      go: {
        actions: spawnChild('echo', {
          id: ({ event }) => `c${event.type}`,
          input: ({ event }: { event: { type: string } }) => ({ of: event.type }) as never,
        }),
      },
    },
  }),
  script: [send('go')],
} satisfies Scenario;
