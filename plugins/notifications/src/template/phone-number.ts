/** Country codes of two digits; +1 and +7 have one, all others three. ITU-T, list of E.164 country codes assigned (complement to E.164). */
const TWO_DIGITS = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/**
 * A phone number as people read it: `(415) 555-0123` in the countries of +1, else the country's code and groups of three, as in
 * `+44 207 946 0958`. What is no number in E.164 stays as it is.
 */
export function formatPhoneNumber(value: string): string {
  const digits = /^(?:[a-z]+:)?\+([1-9]\d{6,14})$/.exec(value.trim())?.[1];
  if (digits === undefined) return value;
  const american = /^1(\d{3})(\d{3})(\d{4})$/.exec(digits);
  if (american !== null) return `(${american[1]}) ${american[2]}-${american[3]}`;
  const code = digits.slice(0, lengthOfCountryCode(digits));
  return ['+', code, ...inGroups(digits.slice(code.length)).map((group) => ` ${group}`)].join('');
}

function lengthOfCountryCode(digits: string): number {
  if (digits.startsWith('1') || digits.startsWith('7')) return 1;
  return TWO_DIGITS.has(digits.slice(0, 2)) ? 2 : 3;
}

/** Groups of three, the last of up to four. */
function inGroups(digits: string): readonly string[] {
  const groups: string[] = [];
  let rest = digits;
  while (rest.length > 4) {
    groups.push(rest.slice(0, 3));
    rest = rest.slice(3);
  }
  return [...groups, rest];
}
