/** How many times a text has each of its features. */
export type Features = ReadonlyMap<string, number>;

/** Longer texts are not looked at to their end: a text message has 1,600 characters at most. */
const LONGEST = 1_600;

/** Pieces of words that are compared, in letters. */
const SHORTEST_PIECE = 2;
const LONGEST_PIECE = 4;

/**
 * What texts are compared by: their words, and pieces of two to four letters of each word, its ends included. Most pieces survive a
 * slip of the finger, and endings that a language changes.
 */
export function featuresOf(text: string): Features {
  const features = new Map<string, number>();
  const add = (feature: string) => features.set(feature, (features.get(feature) ?? 0) + 1);
  for (const word of wordsOf(text)) {
    // No piece has a blank at both ends and no letter between.
    const framed = ` ${word} `;
    add(`= ${word}`);
    for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
      for (let start = 0; start + length <= framed.length; start++) add(framed.slice(start, start + length));
    }
  }
  return features;
}

/** The words of a text: compatible characters are one (NFKD), without case, accents, apostrophes and punctuation. */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFKD')
    // The accents of Latin, Greek and Cyrillic only: in other scripts marks are letters.
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** A text and its sentences: what somebody wants is often one of several. */
export function partsOf(text: string): readonly string[] {
  const sentences = text
    .slice(0, LONGEST)
    .split(/[.!?;\n。！？؟]+/)
    .filter((sentence) => /\p{L}/u.test(sentence));
  return sentences.length > 1 ? [text, ...sentences] : [text];
}
