import type { Problem } from './parsers/parser.ts';
import { notUnderstoodInEnglish, sorryInEnglish } from './sorry-in-english.ts';
import { phrased, phraseFor, type Text, type Wording, type Words } from './words.ts';

/**
 * What to say of an answer that was not taken: words by the code of the problem, or one function for all. What has no words here has
 * the default ones. Of a list each is said in turn.
 */
export type ProblemWords<Data = unknown> =
  | { readonly [code: string]: Words<Data> }
  | ((wording: Wording<Data> & { readonly problem: Problem }) => Text | undefined);

/**
 * What is wrong with an answer, for whoever gave it.
 *
 * @param time how often this was said, this time included: it is said in other words
 */
export function sorryFor<Data>(words: ProblemWords<Data> | undefined, wording: Wording<Data>, time: number): Text {
  const { problem } = wording;
  if (problem === undefined) return '';
  const about = { ...wording, problem };
  return ownWordsFor(words, about, time) ?? inEnglish(about, time);
}

type About<Data> = Wording<Data> & { readonly problem: Problem };

/** The words that a dialog was given for a problem, if it was. */
export function ownWordsFor<Data>(
  words: ProblemWords<Data> | undefined,
  about: About<Data>,
  time: number,
): Text | undefined {
  if (typeof words === 'function') return words(about);
  const { code } = about.problem;
  const own = words !== undefined && Object.hasOwn(words, code) ? words[code] : undefined;
  return own === undefined ? undefined : phrased(phraseFor(own, time), about);
}

/** What is wrong where nothing is: people have had the conversation, and the bot asks again. */
export const RESUMED = 'resumed';

/** Whether it is the answer that is to blame, and not that the same is asked or said again. */
export function isAboutAnswer({ code }: Problem): boolean {
  return !['said-before', 'asked-before', RESUMED].includes(code);
}

/** Whether the answer is good as far as it goes. What is said of it asks for the rest. */
export function isIncomplete(problem: Problem | undefined): boolean {
  return problem !== undefined && ['no-date', 'no-time', 'too-few-words'].includes(problem.code);
}

function inEnglish(about: About<unknown>, time: number): Text {
  const { code } = about.problem;
  const words = Object.hasOwn(sorryInEnglish, code) ? sorryInEnglish[code] : undefined;
  return phrased(phraseFor(words ?? notUnderstoodInEnglish, time), about);
}
