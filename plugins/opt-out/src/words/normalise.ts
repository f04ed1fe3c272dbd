/** Texts that are longer are cut: nobody opts out in the middle of a page, and a page costs time. */
const LONGEST = 2_000;

/** One part of a text between marks, as people set their sentences apart. */
export interface Clause {
  /** Normalised. */
  readonly text: string;
  readonly words: readonly string[];
  /** Whether it begins the text or follows the end of a sentence, and ends the text or a sentence itself. */
  readonly isSentence: boolean;
  readonly isLast: boolean;
  /** Whether it was written in capitals. */
  readonly isShouted: boolean;
}

/** Signs without a shape of their own, which keyboards and pages leave in texts. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;

/** Accents of Latin, Greek and Cyrillic letters, and Arabic vowel signs. */
const ACCENTS = /[\u0300-\u036f\u064b-\u0652]/g;

const APOSTROPHES = /['’‘`´ʼ＇]/g;

const NO_LETTER = /[^\p{L}\p{M}\p{N}]+/gu;

const APART = /(?<![\p{L}\p{N}])(?:[a-z] ){2,}[a-z](?![\p{L}\p{N}])/gu;

/** What ends a sentence, and what only sets words apart. */
const MARKS = /([.!?;…。！？；\n\r\u2028\u2029]+|\s[-–—]+\s|\p{Extended_Pictographic}+|[,:،，、：()]+)/u;
const SENTENCE = /^(?:[.!?;…。！？；\n\r\u2028\u2029]|\s|\p{Extended_Pictographic})/u;

/** Compatible characters made one: full-width, mathematical and circled letters become plain ones (NFKC). */
function compatible(text: string): string {
  return text.slice(0, LONGEST).normalize('NFKC').replace(INVISIBLE, '');
}

/**
 * A text as its words: lower case, without accents, apostrophes, marks and emoji, single spaces. Letters that stand apart
 * (`S.T.O.P`) become a word, and one that was held down (`stooop`) is one letter.
 */
export function normalise(text: string): string {
  return plain(compatible(text));
}

function plain(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(APOSTROPHES, '')
    .replace(NO_LETTER, ' ')
    .trim();
  return words.replace(APART, (letters) => letters.replaceAll(' ', '')).replace(/([a-z])\1{2,}/g, '$1');
}

/** The clauses of a text, those without a word left out. */
export function clausesOf(text: string): readonly Clause[] {
  const parts = compatible(text).replace(APOSTROPHES, '').split(MARKS);
  const clauses: (Omit<Clause, 'isLast'> & { readonly isLast?: never })[] = [];
  let begins = true;
  for (let index = 0; index < parts.length; index += 2) {
    const raw = parts[index] ?? '';
    const mark = parts[index + 1];
    const ends = mark === undefined || SENTENCE.test(mark);
    const words = plain(raw);
    if (words !== '') {
      const isShouted = raw === raw.toUpperCase() && raw !== raw.toLowerCase();
      clauses.push({ text: words, words: words.split(' '), isSentence: begins && ends, isShouted });
      begins = ends;
    } else begins ||= ends;
  }
  return clauses.map((clause, index) => ({ ...clause, isLast: index === clauses.length - 1 }));
}

/** Scripts that do not set words apart. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}
