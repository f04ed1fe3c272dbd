import { partsOf } from './features.ts';
import { Similarity } from './similarity.ts';

/** An intent, and how similar a text is to its examples: from 0 to 1. */
export interface Guess<Name extends string> {
  readonly intent: Name;
  readonly score: number;
}

/** How many of the most similar examples of an intent count, and for how much the most similar counts by itself. */
const COUNTED = 3;
const SHARE_OF_FIRST = 0.5;

/** A text that means an intent. */
export interface Example<Name extends string> {
  readonly intent: Name;
  readonly text: string;
}

/** Ranks intents by how similar a text is to their examples. */
export class Ranking<Name extends string> {
  readonly examples: readonly Example<Name>[];
  readonly #names: readonly Name[];
  readonly #similarity: Similarity;

  constructor(examples: Readonly<Record<Name, readonly string[]>>) {
    this.#names = Object.keys(examples) as Name[];
    this.examples = this.#names.flatMap((intent) => examples[intent].map((text) => ({ intent, text })));
    this.#similarity = new Similarity(this.examples.map(({ text }) => text));
  }

  /**
   * The most similar intent first. Of several sentences each intent is looked for in the one that is most similar to it.
   */
  rank(text: string): readonly Guess<Name>[] {
    const rankings = partsOf(text).map((part) => this.#scores(part));
    const guesses = this.#names.map((intent, index) => ({
      intent,
      score: Math.max(...rankings.map((one) => one[index] ?? 0)),
    }));
    return guesses.sort((one, other) => other.score - one.score);
  }

  #scores(text: string): readonly number[] {
    const similarities = this.#similarity.to(text);
    const byIntent = new Map<Name, number[]>(this.#names.map((name) => [name, []]));
    this.examples.forEach(({ intent }, index) => {
      byIntent.get(intent)?.push(similarities[index] ?? 0);
    });
    return [...byIntent.values()].map(scoreOf);
  }
}

function scoreOf(similarities: number[]): number {
  const [first = 0, ...rest] = similarities.sort((one, other) => other - one).slice(0, COUNTED);
  if (first === 1) return 1;
  const mean = rest.reduce((sum, one) => sum + one, first) / (rest.length + 1);
  return SHARE_OF_FIRST * first + (1 - SHARE_OF_FIRST) * mean;
}
