import type { Media } from '@parley/core';
import type { Commands } from './commands.ts';

/** A text that somebody may send, alone or with pictures. */
export type SampleText = string | { readonly text: string; readonly media: readonly Media[] };

/** What walks through a bot text while a question is open, as the `meta` of its state: answers, and a word of each command. */
export function sampledWith(
  answers: readonly SampleText[],
  { explain, back, leave }: Commands,
): { readonly parleySamples: readonly SampleText[] } {
  const commands = [explain?.matches, back, leave].flatMap((matches) => matches?.[0] ?? []);
  return { parleySamples: [...answers, ...commands] };
}
