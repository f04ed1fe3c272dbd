/** A record of a CSV file, or what is wrong with it. */
export type CsvRecord =
  | { readonly kind: 'fields'; readonly line: number; readonly fields: readonly string[] }
  | { readonly kind: 'problem'; readonly line: number; readonly problem: string };

/** No record of ours is longer; a quote that is never closed would make one of the whole file. In characters. */
const LONGEST_RECORD = 65_536;

/** Where the reader is: before a field, within a plain one, within quotes, right after a quote, or in a record that is lost. */
type Mode = 'start' | 'plain' | 'quoted' | 'closing' | 'lost';

/**
 * Reads CSV as RFC 4180 has it, in UTF-8 with or without a byte order mark, with line ends CRLF or LF: fields between commas, quotes around a
 * field that holds commas, quotes or line ends, quotes within it doubled. It is strict: a quote anywhere else is a problem of its record,
 * and the next line is read as if nothing had been. Empty lines are passed over. Each record has the line on which it begins, from 1 on.
 *
 * @throws TypeError where the bytes are no UTF-8
 */
export async function* readCsv(input: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new CsvParser();
  for await (const chunk of input) yield* parser.read(decoder.decode(chunk, { stream: true }));
  yield* parser.read(decoder.decode());
  yield* parser.end();
}

class CsvParser {
  #mode: Mode = 'start';
  #fields: string[] = [];
  #field = '';
  #size = 0;
  /** Where the reader is, and where the record began. */
  #line = 1;
  #recordLine = 1;
  #problem = '';
  /** A carriage return was read, and nothing since. */
  #pendingReturn = false;

  *read(text: string): Generator<CsvRecord> {
    for (const character of text) {
      if (this.#pendingReturn && character !== '\n') this.#fail('a carriage return without a line feed');
      if (character === '\n') {
        yield* this.#endOfLine();
      } else if (character === '\r' && this.#mode !== 'quoted' && this.#mode !== 'lost') {
        this.#pendingReturn = true;
      } else {
        this.#take(character);
      }
    }
  }

  *end(): Generator<CsvRecord> {
    if (this.#mode === 'quoted') this.#fail('a quote is not closed');
    if (this.#pendingReturn) this.#fail('a carriage return without a line feed');
    yield* this.#finish();
  }

  *#endOfLine(): Generator<CsvRecord> {
    this.#line += 1;
    this.#pendingReturn = false;
    if (this.#mode === 'quoted') return this.#add('\n');
    yield* this.#finish();
    this.#recordLine = this.#line;
  }

  #take(character: string): void {
    switch (this.#mode) {
      case 'start':
        if (character === '"') this.#mode = 'quoted';
        else if (character === ',') this.#endField();
        else this.#add(character, 'plain');
        return;
      case 'plain':
        if (character === ',') this.#endField();
        else if (character === '"') this.#fail('a quote within a field that does not begin with one');
        else this.#add(character);
        return;
      case 'quoted':
        if (character === '"') this.#mode = 'closing';
        else this.#add(character);
        return;
      case 'closing':
        if (character === '"') this.#add('"', 'quoted');
        else if (character === ',') this.#endField();
        else this.#fail('something between a closing quote and the next comma');
        return;
      case 'lost':
    }
  }

  #add(character: string, mode: Mode = this.#mode): void {
    this.#mode = mode;
    this.#field += character;
    this.#size += 1;
    if (this.#size > LONGEST_RECORD)
      this.#fail(`it has more than ${LONGEST_RECORD} characters: a quote may not be closed`);
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#mode = 'start';
  }

  #fail(problem: string): void {
    this.#pendingReturn = false;
    this.#mode = 'lost';
    this.#problem = problem;
  }

  *#finish(): Generator<CsvRecord> {
    const isLost = this.#mode === 'lost';
    const isEmpty = this.#mode === 'start' && this.#fields.length === 0;
    if (!isLost) this.#endField();
    const fields = this.#fields;
    const problem = this.#problem;
    this.#fields = [];
    this.#field = '';
    this.#size = 0;
    this.#mode = 'start';
    this.#problem = '';
    if (isLost) yield { kind: 'problem', line: this.#recordLine, problem };
    else if (!isEmpty) yield { kind: 'fields', line: this.#recordLine, fields };
  }
}
