import { defineBot, say, setupBot, track } from '@parley/core';
import { ask, capture, number } from '@parley/dialogs';

const askStars = capture({
  types: { data: {} as { product: string } },
  // `sorry` is what was wrong with the last answer. Without it the same words would go out again, which limits on duplicates refuse.
  prompt: ({ data, problem, sorry }) =>
    `${problem === undefined ? 'This is Corner Shop.' : sorry} How do you like your ${data.product}, from 1 to 5?`,
  parse: number({ integer: true, min: 1, max: 5 }),
});

const machine = setupBot({ types: { context: {} as { product: string } } }).createMachine({
  context: ({ input }) => ({ product: productIn(input.data) }),
  initial: 'asking',
  states: {
    asking: ask(askStars, {
      input: ({ context }) => ({ data: context }),
      answered: {
        target: 'over',
        // The shop hears of it by `engine.subscribe`: see shop.ts.
        actions: [track('stars', ({ event }) => ({ stars: event.output.value })), say('Thank you!')],
      },
      noAnswer: 'over',
      gaveUp: 'over',
    }),
    over: { type: 'final' },
  },
});

function productIn(data: unknown): string {
  return typeof data === 'object' && data !== null && 'product' in data ? String(data.product) : 'order';
}

/** Started by the shop, when something was bought. */
export const feedback = defineBot({ id: 'feedback', machine });
