import type { ConversationResumed } from '@parley/core';
import { assign } from 'xstate';
import { RESUMED } from '../sorry.ts';
import { isList, joined, type Phrase, phraseFor, type Words } from '../words.ts';
import type { Saying, Way } from './waiting.ts';

/**
 * Asks again when people give the conversation back, which is no attempt. What was heard before them is not gone on with.
 */
export function resumptions(prompt: Words, attempts: number, saying: Saying): readonly Way<ConversationResumed>[] {
  return Array.from({ length: attempts }, (_, index) => {
    const attempt = index + 1;
    return {
      // A deployment may have left fewer attempts than there were.
      guard: ({ context }) => Math.min(context.attempt, attempts) === attempt,
      target: 'waiting',
      reenter: true,
      actions: [
        assign({ reminded: 0, problem: { code: RESUMED }, heard: undefined }),
        saying(promptOfNext(prompt, attempt + 1)),
      ],
    };
  });
}

/** As it would be asked at the next attempt. Where that has no words of its own, it is said that the bot is back. */
function promptOfNext(prompt: Words, attempt: number): Phrase {
  const phrase = phraseFor(prompt, attempt);
  if (typeof phrase === 'function') return (wording) => phrase({ ...wording, attempt });
  if (isList(prompt) && attempt <= prompt.length) return phrase;
  return ({ sorry }) => joined(sorry, phrase);
}
