import type { BotEvent, Media } from '@parley/core';
import { joined, type Phrase, phraseFor, type Words } from '../words.ts';
import type { Saying, Way } from './waiting.ts';

/** Asks for the first time: in other words if an earlier run of the dialog has asked the same. */
export function openings(prompt: Words, media: readonly Media[], saying: Saying): readonly Way<BotEvent>[] {
  return [
    {
      guard: ({ context }) => context.before === 0,
      target: 'waiting',
      actions: saying(phraseFor(prompt, 1), { media }),
    },
    { target: 'waiting', actions: saying(promptAnew(prompt)) },
  ];
}

/** A function is told that it was asked before. */
function promptAnew(prompt: Words): Phrase {
  const phrase = phraseFor(prompt, 1);
  return typeof phrase === 'function' ? phrase : ({ sorry }) => joined(sorry, phrase);
}
