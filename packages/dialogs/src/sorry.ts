import type { Problem } from './parsers/parser.ts';
import { type Phrase, phrased, phraseFor, type Text, type Wording, type Words } from './words.ts';

/**
 * What to say of an answer that was not taken: words by the code of the problem, or one function for all. What has no words here has
 * the default ones. Of a list each is said in turn.
 */
export type ProblemWords<Data = unknown> =
  | { readonly [code: string]: Words<Data> }
  | ((wording: Wording<Data> & { readonly problem: Problem }) => Text | undefined);

/** What is wrong with an answer, for whoever gave it. `wording.sorry` is not there yet. */
export function sorryFor<Data>(words: ProblemWords<Data> | undefined, wording: Wording<Data>): Text {
  const { problem } = wording;
  if (problem === undefined) return '';
  if (typeof words === 'function') return words({ ...wording, problem }) ?? inEnglish(problem, wording);
  const own = words !== undefined && Object.hasOwn(words, problem.code) ? words[problem.code] : undefined;
  return own === undefined ? inEnglish(problem, wording) : phrased(phraseFor(own, wording.attempt - 1), wording);
}

function inEnglish(problem: Problem, wording: Wording): Text {
  const words = Object.hasOwn(ENGLISH, problem.code) ? ENGLISH[problem.code] : undefined;
  return phrased(phraseFor(words ?? NOT_UNDERSTOOD, wording.attempt - 1), wording);
}

const NOT_UNDERSTOOD: Words = ['Sorry, I did not get that.', 'I still did not get that.', 'Once more, please.'];

/** By the codes of the parsers. The second time in other words, so that no text comes twice. */
const ENGLISH: Readonly<Record<string, readonly Phrase[]>> = {
  'said-before': ['Once more:', 'And again:', 'One more time:'],
};
