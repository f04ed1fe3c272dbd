import type { MessageReceived } from '@parley/core';
import { assign } from 'xstate';
import { type Phrase, phraseFor, type Words } from '../words.ts';
import { ending, type Saying, type Way } from './waiting.ts';

/**
 * What can be texted instead of an answer. Texts are compared without regard to case and punctuation. Carriers keep STOP, CANCEL,
 * END, QUIT, HELP and INFO to themselves, so choose other words.
 */
export interface Commands<Data = unknown> {
  /** Says more about the question, which stays open. After three times it counts as an answer that was not understood. */
  readonly explain?: { readonly matches: readonly string[]; readonly words: Words<Data> };
  /** Ends the dialog with `because: 'back'`; within a form it goes back to the question before. */
  readonly back?: readonly string[];
  /** Ends the dialog with `because: 'declined'`. */
  readonly leave?: readonly string[];
}

/** How often a question is explained: a dialog has to come to an end, whatever is texted. */
const EXPLANATIONS = 3;

export function commandWays({ explain, back, leave }: Commands, saying: Saying): readonly Way<MessageReceived>[] {
  return [
    endingAt(leave, 'declined'),
    endingAt(back, 'back'),
    ...(explain === undefined ? [] : explaining(explain.matches, explain.words, saying)),
  ];
}

function endingAt(matches: readonly string[] = [], because: 'declined' | 'back'): Way<MessageReceived> {
  return {
    guard: ({ event }) => isOneOf(event.text, matches),
    target: 'gaveUp',
    actions: ending(() => ({ kind: 'gave-up', because })),
  };
}

function explaining(matches: readonly string[], words: Words, saying: Saying): readonly Way<MessageReceived>[] {
  return Array.from({ length: EXPLANATIONS }, (_, index) => {
    const phrase: Phrase = phraseFor(words, index + 1);
    return {
      guard: ({ context, event }) => context.explained === index && isOneOf(event.text, matches),
      target: 'waiting',
      reenter: true,
      actions: [assign({ explained: index + 1, reminded: 0 }), saying(phrase)],
    };
  });
}

/** Whether a text is one of these, whatever its case and punctuation. */
export function isOneOf(text: string, matches: readonly string[]): boolean {
  const heard = plain(text);
  return matches.some((match) => plain(match) === heard);
}

/** A text of punctuation only, such as "?", stays what it is. */
function plain(text: string): string {
  const lower = text.trim().toLowerCase();
  const bare = lower
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return bare === '' ? lower : bare;
}
