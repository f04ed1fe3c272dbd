/**
 * Strings that PostgreSQL's `text` can not hold: it takes no NUL, and UTF-8 has no halves of surrogate pairs. JSON escapes
 * both.
 */
const UNTEXTLIKE = /\0|\p{Surrogate}/u;

/** No id, key or name begins with this by itself. */
const MARK = '\u0001json:';

/** A string as a column can hold it; equal strings stay equal, different ones different. */
export function toText(value: string): string {
  return UNTEXTLIKE.test(value) || value.startsWith(MARK) ? MARK + JSON.stringify(value) : value;
}

/** What {@link toText} was given. */
export function fromText(text: string): string {
  return text.startsWith(MARK) ? (JSON.parse(text.slice(MARK.length)) as string) : text;
}

/** Stands for a NUL in what people search: a character that no text has. */
const IN_PLACE_OF_NUL = '\uffff';

/** A text as it is searched: as it is, but for what a column can not hold. */
export function searchable(text: string): string {
  return UNTEXTLIKE.test(text) ? text.replaceAll('\0', IN_PLACE_OF_NUL).toWellFormed() : text;
}

/** Whether {@link searchable} gives the text as it is. */
export function isTextlike(text: string): boolean {
  return !UNTEXTLIKE.test(text);
}

/** A pattern of ILIKE that finds the text anywhere. */
export function patternOf(text: string): string {
  return `%${searchable(text).replace(/[\\%_]/g, String.raw`\$&`)}%`;
}
