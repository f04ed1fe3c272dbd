import type { Ranking } from './ranking.ts';

/** An example that would be taken for another intent, were it not an example. */
export interface Confusion<Name extends string> {
  readonly intent: Name;
  readonly example: string;
  readonly takenFor: Name;
  /** How similar it is to the examples of the other intent, and to the others of its own. */
  readonly score: number;
  readonly ownScore: number;
}

/** So similar an example has to be to another intent's that it matters. */
const MATTERS = 0.25;

export function confusionsOf<Name extends string>(ranking: Ranking<Name>): readonly Confusion<Name>[] {
  return ranking.examples.flatMap(({ intent, text }, index) => {
    const guesses = ranking.rank(text, index);
    const [first] = guesses;
    const own = guesses.find((guess) => guess.intent === intent);
    if (first === undefined || own === undefined || first.score < MATTERS || first.score === own.score) return [];
    return [{ intent, example: text, takenFor: first.intent, score: first.score, ownScore: own.score }];
  });
}
