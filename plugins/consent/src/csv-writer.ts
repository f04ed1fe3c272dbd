/**
 * What makes a spreadsheet take a cell for a formula, after OWASP's page on CSV injection
 * (https://owasp.org/www-community/attacks/CSV_Injection): signs, tab and carriage return, and their full-width forms.
 */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;

/** A record of CSV as RFC 4180 has it, all fields in quotes, with CRLF at its end. */
export function csvRecord(fields: readonly string[]): string {
  return `${fields.map((field) => `"${harmless(field).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** A cell with an apostrophe ahead of what a spreadsheet would compute; phone numbers keep their plus by it too. */
export function harmless(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** The cell that {@link harmless} was given. */
export function asGiven(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
