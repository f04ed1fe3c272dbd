import { type Features, featuresOf, wordsOf } from './features.ts';

/** A feature: how much it counts, and the examples that have it. Two lists in place of one of pairs: it is walked for every text. */
interface Entry {
  readonly rarity: number;
  readonly examples: number[];
  readonly weights: number[];
}

/**
 * How similar a text is to each of some examples: the cosine between their features, of which rare ones count more.
 *
 * It is the square root of the usual weight (inverse document frequency): among few examples common words are worth something, too.
 */
export class Similarity {
  readonly #count: number;
  readonly #entries: ReadonlyMap<string, Entry>;
  /** Examples by their words. */
  readonly #exact: ReadonlyMap<string, readonly number[]>;

  constructor(examples: readonly string[]) {
    this.#count = examples.length;
    const features = examples.map(featuresOf);
    const frequencies = new Map<string, number>();
    for (const one of features) {
      for (const feature of one.keys()) frequencies.set(feature, (frequencies.get(feature) ?? 0) + 1);
    }
    this.#entries = new Map(
      [...frequencies].map(([feature, frequency]) => [
        feature,
        { rarity: rarityOf(frequency, this.#count), examples: [], weights: [] },
      ]),
    );
    features.forEach((one, example) => {
      for (const { entry, weight } of this.#weighted(one)) {
        entry?.examples.push(example);
        entry?.weights.push(weight);
      }
    });
    this.#exact = placesOf(examples.map(keyOf));
  }

  /** From 0 to 1 for each example, in their order: 1 where the words are the same. */
  to(text: string): Float64Array {
    const similarities = new Float64Array(this.#count);
    for (const { entry, weight } of this.#weighted(featuresOf(text))) {
      entry?.examples.forEach((example, place) => {
        similarities[example] = (similarities[example] ?? 0) + weight * (entry.weights[place] ?? 0);
      });
    }
    for (const example of this.#exact.get(keyOf(text)) ?? []) similarities[example] = 1;
    return similarities;
  }

  /** Of length 1, with what no example has: a text of much that nobody knows is similar to none. */
  #weighted(features: Features): readonly { readonly entry: Entry | undefined; readonly weight: number }[] {
    const unknown = rarityOf(0, this.#count);
    const weighted = [...features].map(([feature, count]) => {
      const entry = this.#entries.get(feature);
      return { entry, weight: (1 + Math.log(count)) * (entry?.rarity ?? unknown) };
    });
    const length = Math.sqrt(weighted.reduce((sum, { weight }) => sum + weight * weight, 0)) || 1;
    return weighted.map(({ entry, weight }) => ({ entry, weight: weight / length }));
  }
}

function rarityOf(frequency: number, count: number): number {
  return Math.sqrt(Math.log((count + 1) / (frequency + 0.5)));
}

function placesOf(keys: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  keys.forEach((key, place) => {
    places.set(key, [...(places.get(key) ?? []), place]);
  });
  return places;
}

/** The same for texts of the same words. */
export function keyOf(text: string): string {
  return wordsOf(text).join(' ');
}
