/** A cell in quotes, or one without; what follows it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",;\t\r\n]*))(,|;|\t|\r\n|\n|\r|$)/y;

/** The rows of CSV (RFC 4180), also with semicolons or tabs between cells. A stray quote is part of its cell. */
export function parseCsv(csv: string): readonly (readonly string[])[] {
  const text = csv.replace(/^\ufeff/, '');
  const rows: string[][] = [];
  let row: string[] = [];
  let index = 0;
  while (index < text.length) {
    CELL.lastIndex = index;
    const found = CELL.exec(text);
    if (found === null) {
      const end = text.slice(index).search(/[\r\n]/);
      row.push(end < 0 ? text.slice(index) : text.slice(index, index + end));
      index = end < 0 ? text.length : index + end;
      continue;
    }
    const [whole, quoted, bare = '', mark = ''] = found;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    index += whole.length;
    if (mark === ',' || mark === ';' || mark === '\t') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
