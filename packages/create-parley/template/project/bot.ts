import { anyText, defineBot, say, setupBot } from '@parley/core';
import { assign } from 'xstate';

const machine = setupBot({
  types: { context: {} as { minutes: number } },
  delays: { steeped: ({ context }) => context.minutes * 60_000, anHour: 3_600_000 },
}).createMachine({
  context: { minutes: 0 },
  initial: 'asking',
  states: {
    asking: {
      entry: say('Hello! How many minutes does your tea take? I text you when it is ready.'),
      on: {
        'message.received': [
          {
            guard: ({ event }) => /^([1-9]|1[0-5])$/.test(event.text.trim()),
            target: 'steeping',
            actions: assign({ minutes: ({ event }) => Number(event.text) }),
          },
          { actions: say('A number from 1 to 15, please: how many minutes?') },
        ],
      },
      after: { anHour: 'done' },
    },
    steeping: {
      entry: say(({ context }) => `The timer runs: ${context.minutes} min. Put your feet up!`),
      on: { 'message.received': { actions: say('Still steeping. I text you when it is ready.') } },
      after: { steeped: 'ready' },
    },
    ready: { entry: say('Your tea is ready. Enjoy!'), always: 'done' },
    done: { type: 'final' },
  },
});

/** Tells when the tea has steeped. */
export const tea = defineBot({ id: 'tea', machine, triggers: [anyText()] });
