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
  if (typeof words === 'function') return words({ ...wording, problem }) ?? inEnglish(problem, wording, time);
  const own = words !== undefined && Object.hasOwn(words, problem.code) ? words[problem.code] : undefined;
  return own === undefined ? inEnglish(problem, wording, time) : phrased(phraseFor(own, time), wording);
}

function inEnglish(problem: Problem, wording: Wording, time: number): Text {
  const words = Object.hasOwn(sorryInEnglish, problem.code) ? sorryInEnglish[problem.code] : undefined;
  return phrased(phraseFor(words ?? notUnderstoodInEnglish, time), wording);
}
