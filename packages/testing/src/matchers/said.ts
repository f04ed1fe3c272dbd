/** What a text is compared with: all of it, or an expression that it matches. */
export type ExpectedText = string | RegExp;

export function isText(text: string, expected: ExpectedText): boolean {
  return typeof expected === 'string'
    ? text === expected
    : new RegExp(expected.source, expected.flags.replace(/[gy]/g, '')).test(text);
}

export function quoted(expected: ExpectedText): string {
  return typeof expected === 'string' ? `“${expected}”` : `${expected}`;
}

/** The last lines of a text, indented; so much of what happened stands in a message. */
export function tailOf(text: string, lines: number): string {
  const all = text.split('\n');
  const shown = all.slice(-lines);
  return [...(shown.length < all.length ? ['…'] : []), ...shown].map((line) => `  ${line}`).join('\n');
}
