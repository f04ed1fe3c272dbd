// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A value without characters that steer a display rather than being shown; breaks of lines stay, tabs become spaces. */
export function cleanValue(value: string): string {
  return value.replace(/\r\n?/g, '\n').replace(CONTROLS, (control) => (control === '\t' ? ' ' : ''));
}

/**
 * Closes the gaps that missing values have left: two spaces become one, and none is left ahead of a comma, a full stop or, outside
 * of French, an exclamation or question mark.
 */
export function closeGaps(text: string, locale: string): string {
  const marks = /^fr\b/i.test(locale) ? ',.' : ',.!?';
  return text
    .replace(/ {2,}/g, ' ')
    .replace(new RegExp(` ([${marks}])(?=\\s|$)`, 'g'), '$1')
    .replace(/^[ ,]+/, '');
}

/** A text without spaces at the ends of its lines, and without more than one empty line in a row. */
export function trimLines(text: string): string {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
