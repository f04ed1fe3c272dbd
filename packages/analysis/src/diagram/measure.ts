/**
 * Widths of the characters from space to `~` in Helvetica, in thousandths of the size: Adobe's font metrics, which Arial and most system
 * fonts are made to fit.
 */
const WIDTHS = [
  ...[278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278],
  ...[556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556],
  ...[1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778],
  ...[667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556],
  ...[333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556],
  ...[556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584],
] as const;

const FIRST = 32;

/** Of characters beyond ASCII: Chinese, Japanese and Korean ones and pictures are as wide as they are high, letters are not. */
const WIDE = 1000;
const OTHER = 600;
const IS_WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}…—]/u;

/** Fonts differ, and what is cut off is worse than a gap. */
const ALLOWANCE = { regular: 1.12, bold: 1.2 } as const;

export type Weight = keyof typeof ALLOWANCE;

/** About how wide a text is without a font to measure it with, in pixels. */
export function widthOf(text: string, size: number, weight: Weight): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return (width / 1000) * size * ALLOWANCE[weight];
}

function widthOfCharacter(character: string): number {
  const known = WIDTHS[(character.codePointAt(0) ?? 0) - FIRST];
  return known ?? (IS_WIDE.test(character) ? WIDE : OTHER);
}
