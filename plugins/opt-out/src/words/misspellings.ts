/** What lies beside a letter on a QWERTY keyboard. */
const BESIDE: Readonly<Record<string, string>> = {
  ...{ a: 'qwsz', b: 'vghn', c: 'xdfv', d: 'serfcx', e: 'wsdr34', f: 'drtgvc', g: 'ftyhbv', h: 'gyujnb', i: 'ujko89' },
  ...{
    j: 'huikmn',
    k: 'jiolm',
    l: 'kop',
    m: 'njk',
    n: 'bhjm',
    o: 'iklp90',
    p: 'ol0',
    q: 'wa12',
    r: 'edft45',
    s: 'awedxz',
  },
  ...{ t: 'rfgy56', u: 'yhji78', v: 'cfgb', w: 'qase23', x: 'zsdc', y: 'tghu67', z: 'asx' },
};

/** Words of their own that are a slip away from an opt-out word. */
const ORDINARY = new Set([
  ...[
    'top',
    'atop',
    'sop',
    'stoop',
    'step',
    'shop',
    'stow',
    'slop',
    'stops',
    'strop',
    'stomp',
    'opt',
    'out',
    'put',
    'gout',
  ],
  ...[
    'quit',
    'quiet',
    'quite',
    'qui',
    'suit',
    'exit',
    'unit',
    'cancer',
    'canal',
    'revoked',
    'evoke',
    'invoke',
    'provoke',
  ],
  ...[
    'subscribe',
    'subscribed',
    'subscriber',
    'stoppt',
    'stoppe',
    'step',
    'arrest',
    'arret',
    'carret',
    'post',
    'spot',
    'pots',
  ],
  ...['stdout', 'sub', 'sun', 'unstop', 'wypis', 'anmelden', 'anmeldung'],
]);

/** From how many letters on two slips are one word still. */
const LONG = 9;

export interface Misspellings {
  /** Whether a word is one of the opt-out words, mistyped. */
  has(word: string): boolean;
  /** Whether it is a long one, which is like no other word. */
  hasLong(word: string): boolean;
}

/**
 * The ways to mistype words: two letters exchanged, one doubled or left out, one beside it on the keyboard; of long words anything
 * two slips away.
 */
export function misspellingsOf(words: readonly string[], known: (word: string) => boolean): Misspellings {
  const plain = words.filter((word) => /^[a-z]{4,}$/.test(word));
  const long = plain.filter((word) => word.length >= LONG);
  const slips = new Set(plain.flatMap(slipsOf).filter((slip) => !ORDINARY.has(slip) && !known(slip)));
  const hasLong = (word: string): boolean =>
    word.length >= LONG - 1 &&
    word.length <= 30 &&
    !ORDINARY.has(word) &&
    !known(word) &&
    long.some(
      (other) =>
        (word[0] === other[0] || word[0] === other[1]) &&
        Math.abs(word.length - other.length) <= 2 &&
        distance(word, other) <= 2,
    );
  return { has: (word) => slips.has(word) || hasDigits(word, plain) || hasLong(word), hasLong };
}

/** `stop1`: an exclamation mark without the shift key, or a habit. */
function hasDigits(word: string, plain: readonly string[]): boolean {
  return /\d/.test(word) && plain.includes(word.replace(/\d+/g, ''));
}

function slipsOf(word: string): string[] {
  const slips: string[] = [];
  for (let index = 0; index < word.length; index++) {
    const [before, letter, next, after] = [
      word.slice(0, index),
      word[index] ?? '',
      word[index + 1] ?? '',
      word.slice(index + 1),
    ];
    slips.push(before + after, before + letter + letter + after);
    for (const other of BESIDE[letter] ?? '') slips.push(before + other + after, before + letter + other + after);
    if (next !== '' && next !== letter) slips.push(before + next + letter + after.slice(1));
  }
  return slips.filter((slip) => slip.length >= 3);
}

/** How many letters were added, left out, exchanged or put in another's place (optimal string alignment). */
function distance(one: string, other: string): number {
  let [twoAbove, above]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + same);
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwap) least = Math.min(least, (twoAbove[column - 2] ?? 0) + 1);
      current.push(least);
    }
    [twoAbove, above] = [above, current];
  }
  return above[other.length] ?? 0;
}
