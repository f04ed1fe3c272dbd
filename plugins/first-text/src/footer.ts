import { fill, missingParts, type Part, type Sender } from './parts.ts';
import type { Language, Wording } from './wording.ts';

/** What a message takes at most, in UTF-16 code units: the same limit as for what bots say. */
export const LONGEST_TEXT = 1600;

/** What became of a text, and what it lacks still: nothing, or all that it lacked. */
export interface Completed {
  readonly text: string;
  readonly missing: readonly Part[];
}

/** Adds what a first text lacks, in as many words as there is room for; the text as it was when there is not even room for few. */
export function complete(text: string, sender: Sender, { full, short }: Language): Completed {
  const missing = missingParts(text, sender, [full, short]);
  if (missing.length === 0) return { text, missing };
  const complete = [full, short]
    .map((wording) => [text, footerOf(missing, sender, wording)].filter((part) => part !== '').join('\n'))
    .find((candidate) => candidate.length <= LONGEST_TEXT);
  return complete === undefined ? { text, missing } : { text: complete, missing: [] };
}

function footerOf(missing: readonly Part[], sender: Sender, wording: Wording): string {
  const both = missing.includes('help') && missing.includes('stop');
  const sentences = missing.flatMap((part) => {
    if (!both || (part !== 'help' && part !== 'stop')) return [wording[part]];
    return part === 'help' ? [wording.helpAndStop] : [];
  });
  return sentences.map((sentence) => fill(sentence, sender)).join(' ');
}
