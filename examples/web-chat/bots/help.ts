import { anyText, defineBot, fromTask, handoff, say, setupBot } from '@parley/core';
import { assign } from 'xstate';
import { findRepair } from '../workshop.ts';

const MENU = 'Write HOURS, a repair number such as R-1042, or PERSON to talk to one of us.';

/** Answers the workshop's customers, wherever they write; knows nothing of phones and web pages. */
const machine = setupBot({
  types: { context: {} as { repair: string } },
  actors: { findRepair: fromTask(({ input }: { input: string }) => findRepair(input), { attempts: 3 }) },
}).createMachine({
  context: ({ input }) => ({ repair: numberIn(input.message?.text ?? '') }),
  // For parley check, which walks through all states.
  meta: { parleySamples: { texts: ['R-1042'], tasks: { findRepair: ['R-1042 is ready.', undefined] } } },
  initial: 'welcoming',
  states: {
    welcoming: {
      entry: say(`Hello from the Corner Workshop! ${MENU}`),
      always: [{ guard: ({ context }) => context.repair !== '', target: 'lookingUp' }, { target: 'listening' }],
    },
    listening: {
      on: {
        'message.received': [
          {
            guard: ({ event }) => /\bhours?\b|\bopen\b/i.test(event.text),
            actions: say('We are here Tuesday to Saturday, 9 to 6.'),
          },
          {
            guard: ({ event }) => numberIn(event.text) !== '',
            target: 'lookingUp',
            actions: assign({ repair: ({ event }) => numberIn(event.text) }),
          },
          { guard: ({ event }) => /\b(person|human)\b/i.test(event.text), target: 'withPeople' },
          { actions: say(`I did not get that. ${MENU}`) },
        ],
      },
      after: { 86400000: 'resting' },
    },
    lookingUp: {
      invoke: {
        src: 'findRepair',
        input: ({ context }) => context.repair,
        onDone: {
          target: 'listening',
          actions: say(
            ({ event, context }) => event.output ?? `There is no repair ${context.repair} here. Is the number right?`,
          ),
        },
        onError: {
          target: 'listening',
          actions: say('The workshop does not answer right now. Please try again in a while.'),
        },
      },
      on: { 'message.received': { actions: say('One moment, I am asking the workshop.') } },
    },
    withPeople: {
      entry: [say('One moment, somebody of the workshop is coming.'), handoff('workshop', 'Asked for a person')],
      on: { 'conversation.resumed': { target: 'listening', actions: say(`I am back, the bot. ${MENU}`) } },
    },
    resting: { type: 'final' },
  },
});

/** The number of a repair; empty where there is none. */
function numberIn(text: string): string {
  const [, digits] = /\bR-?(\d{4})\b/i.exec(text) ?? [];
  return digits === undefined ? '' : `R-${digits}`;
}

export const help = defineBot({ id: 'help', machine, triggers: [anyText()] });
