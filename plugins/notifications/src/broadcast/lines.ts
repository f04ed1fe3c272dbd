import type { ListLine } from './recipient.ts';

/** In characters: longer ones are no recipients. */
const LONGEST_LINE = 65_536;

export const TOO_LONG: string = `it is longer than ${LONGEST_LINE} characters`;

/** Reads a list of one JSON value a line, as it comes in; empty lines are passed over. */
export async function* readNdjson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ListLine> {
  let line = 0;
  let rest = '';
  let isTooLong = false;
  for await (const text of decode(bytes)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const one of lines) {
      line += 1;
      if (isTooLong || one.length > LONGEST_LINE) yield { line, problem: TOO_LONG };
      else if (one.trim() !== '') yield parse(one, line);
      isTooLong = false;
    }
    if (rest.length > LONGEST_LINE) {
      isTooLong = true;
      rest = '';
    }
  }
  line += 1;
  if (isTooLong) yield { line, problem: TOO_LONG };
  else if (rest.trim() !== '') yield parse(rest, line);
}

function parse(text: string, line: number): ListLine {
  try {
    return { line, value: JSON.parse(text) };
  } catch {
    return { line, problem: 'it is no JSON' };
  }
}

/** A record of a CSV: its cells, and the line on which it begins. */
export interface CsvRecord {
  readonly line: number;
  /** `undefined` for one that is too long. */
  readonly cells: readonly string[] | undefined;
}

/**
 * Reads records of a CSV (RFC 4180) as they come in: cells apart by commas, semicolons or tabs, whichever the first line has; quoted cells may
 * hold all of them, breaks of lines too. Empty lines are passed over.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const parser = new CsvParser();
  for await (const text of decode(bytes)) yield* parser.take(text);
  yield* parser.end();
}

type State = 'cell' | 'quoted' | 'quote in quoted';

class CsvParser {
  #state: State = 'cell';
  #separator: string | undefined;
  #cells: string[] = [];
  #cell = '';
  #length = 0;
  #line = 1;
  #beganAt = 1;
  #return = '';

  *take(text: string): Generator<CsvRecord> {
    const whole = this.#return + text;
    // What a return means is known once it is clear whether a line feed follows.
    this.#return = whole.endsWith('\r') ? '\r' : '';
    const known = whole.slice(0, whole.length - this.#return.length);
    for (const character of known.replace(/\r\n?/g, '\n')) {
      if (character === '\n') this.#line += 1;
      if (this.#state === 'quoted') this.#takeQuoted(character);
      else if (character === '\n') yield* this.#endRecord();
      else this.#takeOutside(character);
    }
  }

  *end(): Generator<CsvRecord> {
    if (this.#return !== '') yield* this.take('\n');
    if (this.#cell !== '' || this.#cells.length > 0) yield* this.#endRecord();
  }

  #takeQuoted(character: string): void {
    if (character === '"') this.#state = 'quote in quoted';
    else this.#add(character);
  }

  #takeOutside(character: string): void {
    if (character === '"' && this.#state === 'quote in quoted') {
      this.#add('"');
      this.#state = 'quoted';
    } else if (character === '"' && this.#cell.trim() === '') {
      this.#cell = '';
      this.#state = 'quoted';
    } else if (this.#isSeparator(character)) {
      this.#cells.push(this.#cell);
      this.#cell = '';
      this.#state = 'cell';
    } else this.#add(character);
  }

  #isSeparator(character: string): boolean {
    if (this.#separator === undefined && /[,;\t]/.test(character)) this.#separator = character;
    return character === this.#separator;
  }

  #add(character: string): void {
    this.#length += 1;
    if (this.#length <= LONGEST_LINE) this.#cell += character;
  }

  *#endRecord(): Generator<CsvRecord> {
    const cells = [...this.#cells, this.#cell];
    const isEmpty = cells.length === 1 && cells[0]?.trim() === '';
    // One column alone has no separator: a comma that comes later is part of a cell.
    if (!isEmpty) this.#separator ??= ',';
    if (!isEmpty) yield { line: this.#beganAt, cells: this.#length > LONGEST_LINE ? undefined : cells };
    this.#cells = [];
    this.#cell = '';
    this.#length = 0;
    this.#state = 'cell';
    this.#beganAt = this.#line;
  }
}

async function* decode(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
