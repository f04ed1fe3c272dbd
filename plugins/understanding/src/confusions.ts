import type { Example } from './ranking.ts';
import { Similarity } from './similarity.ts';

/** Two examples of different intents that are nearly the same. */
export interface Confusion<Name extends string> {
  readonly examples: readonly [Example<Name>, Example<Name>];
  /** From 0 to 1. */
  readonly similarity: number;
}

/** So similar two examples have at most a word between them. Less than that is common among intents that are told apart well. */
const NEARLY_THE_SAME = 0.7;

/** The most similar first. */
export function confusionsOf<Name extends string>(examples: readonly Example<Name>[]): readonly Confusion<Name>[] {
  const similarity = new Similarity(examples.map(({ text }) => text));
  const pairs = examples.flatMap((one, place) => {
    const similarities = similarity.to(one.text);
    return examples.slice(place + 1).flatMap((other, index): readonly Confusion<Name>[] => {
      const found = similarities[place + 1 + index] ?? 0;
      return one.intent === other.intent || found < NEARLY_THE_SAME
        ? []
        : [{ examples: [one, other], similarity: found }];
    });
  });
  return pairs.sort((one, other) => other.similarity - one.similarity);
}
