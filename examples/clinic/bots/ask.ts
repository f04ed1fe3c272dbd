import { say, setupBot } from '@parley/core';
import { assign } from 'xstate';

/** A question, as plain data: it is kept in the conversation while the answer is awaited. */
export interface Question {
  /** What to say at first, and in other words each time the answer was not understood. Then it is given up. */
  readonly prompts: readonly string[];
  readonly expect: Expectation;
  /** What to say when no answer comes. */
  readonly nudge: string;
}

/** What counts as an answer. */
export type Expectation =
  /** One of these values, by any of its words. */
  | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'first-name' };

/** What a question came to. */
export interface Answer {
  /** The choice or the name; absent when it was given up. */
  readonly value?: string;
  /** When they answered: milliseconds since the epoch. */
  readonly at?: number;
}

const MINUTE = 60_000;

/**
 * Asks one question until it is answered: a dialog of its own, for any bot to invoke. It asks again in other words when it
 * does not understand, nudges after ten minutes of silence, and gives up after ten more.
 */
export const ask = setupBot({
  types: {
    context: {} as { question: Question; tries: number; answer: Answer },
    input: {} as Question,
    output: {} as Answer,
  },
  delays: { patience: 10 * MINUTE },
}).createMachine({
  id: 'ask',
  context: ({ input }) => ({ question: input, tries: 1, answer: {} }),
  initial: 'asked',
  on: {
    'message.received': [
      {
        guard: ({ context, event }) => understand(event.text, context.question.expect) !== undefined,
        target: '.answered',
        actions: assign({
          answer: ({ context, event }) => answerOf(understand(event.text, context.question.expect), event.at),
        }),
      },
      {
        guard: ({ context }) => context.tries < context.question.prompts.length,
        target: '.asked',
        actions: assign({ tries: ({ context }) => context.tries + 1 }),
      },
      { target: '.givenUp' },
    ],
  },
  states: {
    asked: {
      entry: say(({ context }) => context.question.prompts[context.tries - 1] ?? ''),
      after: { patience: 'nudged' },
    },
    nudged: {
      entry: say(({ context }) => context.question.nudge),
      after: { patience: 'givenUp' },
    },
    answered: { type: 'final' },
    givenUp: { type: 'final' },
  },
  output: ({ context }) => context.answer,
});

function answerOf(value: string | undefined, at: number): Answer {
  return value === undefined ? {} : { value, at };
}

function understand(text: string, expect: Expectation): string | undefined {
  switch (expect.kind) {
    case 'choice': {
      const heard = plain(text);
      return Object.entries(expect.choices).find(([, words]) => words.some((word) => plain(word) === heard))?.[0];
    }
    case 'first-name': {
      const name = /^(?:my name is |i am |i['’]m |it['’]s |this is )?(\p{L}[\p{L}'’-]{1,29})[.!]?$/iu.exec(
        text.trim(),
      )?.[1];
      return name === undefined ? undefined : name.charAt(0).toUpperCase() + name.slice(1);
    }
  }
}

/** Lower case, without punctuation: "2.", "Two!" and "two" are the same. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}: ]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
