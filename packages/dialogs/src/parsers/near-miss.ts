import { distance } from 'fastest-levenshtein';

/** Rows of a keyboard, each shifted by about half a key from the one above; QWERTY. */
const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;

/** Words of so few letters are too like each other: `pan` and `can`. */
const SHORTEST = 4;

/**
 * How badly a word is misspelt if another was meant: 0 for the same, 1 for each letter that is wrong, missing or too many; two letters
 * that changed places are one mistake, and a key next to the right one is half of one. Undefined where it is too far off to be meant,
 * which for words of three letters or fewer is anything but the same. Numbers are never misspelt.
 */
export function mistakesIn(written: string, meant: string): number | undefined {
  if (written === meant) return 0;
  if (Math.min(written.length, meant.length) < SHORTEST || /\d/.test(written + meant)) return undefined;
  const mistakes = mistakesOf(written, meant);
  return mistakes <= allowedFor(meant.length) ? mistakes : undefined;
}

/** `nice` is not meant to be `nine`: of four letters, a wrong one has to be next to the right one. */
function allowedFor(length: number): number {
  if (length === SHORTEST) return 0.5;
  return length <= 5 ? 1 : length <= 8 ? 2 : 3;
}

function mistakesOf(written: string, meant: string): number {
  const steps = distance(written, meant);
  if (written.length !== meant.length)
    return written.length + meant.length === 2 * SHORTEST + 1 && isSlip(written, meant) ? 0.5 : steps;
  const wrong = [...meant].flatMap((letter, index) => (letter === written[index] ? [] : [index]));
  const [first = 0, second = 0] = wrong;
  const isSwapped =
    wrong.length === 2 && second === first + 1 && written[first] === meant[second] && written[second] === meant[first];
  if (isSwapped) return meant.length === SHORTEST ? 0.5 : 1;
  if (wrong.length !== steps) return steps;
  return wrong.reduce((sum, index) => sum + (areNeighbours(written[index] ?? '', meant[index] ?? '') ? 0.5 : 1), 0);
}

/** A letter held down or doubled: `largee`, `hamm`. */
function isSlip(written: string, meant: string): boolean {
  return undoubled(written) === undoubled(meant);
}

function undoubled(word: string): string {
  return word.replace(/(.)\1+/gu, '$1');
}

function areNeighbours(one: string, other: string): boolean {
  const [here, there] = [keyOf(one), keyOf(other)];
  if (here === undefined || there === undefined) return false;
  const [rows, columns] = [there.row - here.row, there.column - here.column];
  return rows === 0 ? Math.abs(columns) === 1 : Math.abs(rows) === 1 && (columns === 0 || columns === -rows);
}

function keyOf(letter: string): { readonly row: number; readonly column: number } | undefined {
  const row = KEYBOARD.findIndex((keys) => keys.includes(letter));
  return letter === '' || row === -1 ? undefined : { row, column: KEYBOARD[row]?.indexOf(letter) ?? 0 };
}
