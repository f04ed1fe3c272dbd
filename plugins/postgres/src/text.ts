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
  return containing(searchable(text));
}

/** A pattern of LIKE that finds a string anywhere. */
export function containing(part: string): string {
  return `%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}

/**
 * A column of JSON as PostgreSQL can look into it. Characters that are written by number are put aside first, as
 * there are some among them that it refuses wherever they stand: a NUL, halves of surrogate pairs.
 */
export function jsonOf(column: string): string {
  const plain = String.raw`regexp_replace(${column}, '\\u[0-9a-fA-F]{4}', '\\n', 'g')`;
  return String.raw`(CASE WHEN strpos(${column}, '\u') > 0 THEN ${plain} ELSE ${column} END)::json`;
}
