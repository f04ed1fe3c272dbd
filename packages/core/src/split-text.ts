const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Cuts a text into parts of at most `limit` UTF-16 code units: at ends of sentences, and of words and characters only where a
 * sentence or a word alone is too long. White space around a cut goes.
 */
export function splitText(text: string, limit: number): readonly string[] {
  if (text.length <= limit) return [text];
  const parts: string[] = [];
  let part = '';
  for (const piece of piecesOf(text, limit)) {
    if (part.length + piece.trimEnd().length > limit) {
      parts.push(part.trim());
      part = '';
    }
    part += part === '' ? piece.trimStart() : piece;
  }
  parts.push(part.trim());
  return parts.filter((one) => one !== '');
}

/** From the coarsest to the finest. */
const SEGMENTERS: readonly Intl.Segmenter[] = [sentences, words, characters];

/** The largest pieces that fit: sentences, words of those that do not, characters of words that do not. */
function* piecesOf(text: string, limit: number, segmenters = SEGMENTERS): Generator<string, void, undefined> {
  const [segmenter, ...finer] = segmenters;
  if (segmenter === undefined) {
    yield text;
    return;
  }
  for (const { segment } of segmenter.segment(text)) {
    if (segment.trimEnd().length <= limit) yield segment;
    else yield* piecesOf(segment, limit, finer);
  }
}
