import { type ActorProfile, say, setupBot } from '@parley/core';
import { ask, capture, minutes } from '../src/index.ts';
import { drink } from './tea.ts';

const favourite = capture({
  types: { data: {} as { name: string } },
  prompt: ({ data }) => `${data.name}, coffee or tea?`,
  parse: drink,
  attempts: 2,
  reminders: [{ after: minutes(10), words: 'Well?' }],
});

/** Two questions, and a way out of the first. */
export const machine = setupBot({
  types: { context: {} as { actor: ActorProfile; drink: string; second: string } },
}).createMachine({
  context: ({ input }) => ({ actor: input.actor, drink: '', second: '' }),
  initial: 'first',
  states: {
    first: ask(favourite, {
      bind: 'drink',
      input: ({ context }) => ({ data: { name: context.actor.firstName ?? 'You' } }),
      on: {
        'message.received': {
          guard: ({ event }) => event.text === 'AGENT',
          target: 'agent',
        },
      },
      answered: [
        { guard: ({ event }) => event.output.value === 'tea', target: 'second', actions: say('Tea it is.') },
        { target: 'done' },
      ],
      noAnswer: { target: 'done', actions: say('Nobody there.') },
      gaveUp: { target: 'done', actions: say(({ event }) => `Gave up because of ${event.output.because}.`) },
    }),
    second: ask(favourite, {
      bind: 'second',
      input: () => ({ data: { name: 'Once more' } }),
      answered: 'done',
      noAnswer: 'done',
      gaveUp: 'done',
    }),
    agent: { entry: say('Here I am.'), on: { 'message.received': 'done' } },
    done: { type: 'final', entry: say(({ context }) => `Bye! ${context.drink} ${context.second}`.trim()) },
  },
});
