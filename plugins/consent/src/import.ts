import { type ConsentEntry, ParleyError } from '@parley/core';
import { readCsv } from './csv-reader.ts';
import { parseEntry } from './entry.ts';
import { inParallel } from './in-parallel.ts';
import type { Outcome } from './ledger.ts';
import { entryOfRow, readHeader } from './rows.ts';

/** What an import did, or would do. */
export interface Imported {
  readonly recorded: number;
  /** Those that were in the ledger before. */
  readonly known: number;
  /** How many records can not be taken. */
  readonly bad: number;
  /** The first of them. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly line: number;
  readonly problem: string;
}

export interface ImportOptions {
  readonly apps: readonly string[];
  readonly now: number;
  /** Appends an entry. Default: nothing is appended, the file is only looked through. */
  readonly append?: (entry: ConsentEntry) => Promise<Outcome>;
}

/** So many problems are told. */
const MOST_PROBLEMS = 50;

/** How many entries are on their way to the storage at a time. */
const AT_ONCE = 32;

/** How far ahead of ours a clock may be. */
const AHEAD = 24 * 3_600_000;

/**
 * Takes the entries of a CSV file, in whatever order they come. A record that can not be taken is told of by its line, and the others
 * are taken: look a file through before, without `append`, if it is to be all or nothing.
 */
export async function importCsv(input: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<Imported> {
  const counts = { recorded: 0, known: 0, bad: 0 };
  const problems: Problem[] = [];

  const tell = (problem: Problem) => {
    counts.bad += 1;
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  await inParallel(entriesOf(input, options), AT_ONCE, async (one) => {
    if ('problem' in one) return tell(one);
    try {
      const outcome = await options.append?.(one.entry);
      if (outcome !== undefined) counts[outcome] += 1;
    } catch (error) {
      if (!isAboutEntry(error)) throw error;
      tell({ line: one.line, problem: reasonIn(error) });
    }
  });
  return { ...counts, problems: problems.sort((one, other) => one.line - other.line) };
}

type Read = Problem | { readonly line: number; readonly entry: ConsentEntry };

async function* entriesOf(input: AsyncIterable<Uint8Array>, options: ImportOptions): AsyncGenerator<Read> {
  let columns: readonly string[] | undefined;
  let line = 1;
  try {
    for await (const record of readCsv(input)) {
      line = record.line;
      if (record.kind === 'problem') {
        yield record;
      } else if (columns === undefined) {
        const header = readHeader(record.fields);
        if ('problem' in header) return yield { line, ...header };
        columns = header;
      } else {
        yield readRow(line, entryOfRow(columns, record.fields), options);
      }
    }
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    yield { line, problem: 'the file is no UTF-8 from somewhere behind this line on' };
    return;
  }
  if (columns === undefined) yield { line, problem: 'the file is empty; it begins with a header' };
}

function readRow(line: number, row: object | string, { apps, now }: ImportOptions): Read {
  if (typeof row === 'string') return { line, problem: row };
  try {
    return { line, entry: requirePast(parseEntry(row, apps), now) };
  } catch (error) {
    if (!isAboutEntry(error)) throw error;
    return { line, problem: reasonIn(error) };
  }
}

/** @throws `error.platform.consent.malformed` for what has not happened yet */
export function requirePast(entry: ConsentEntry, now: number): ConsentEntry {
  if (entry.at <= now + AHEAD) return entry;
  throw new ParleyError('error.platform.consent.malformed', { problem: 'at: it has not come yet' });
}

/** What can be wrong with an entry, rather than with the ledger. */
const ABOUT_ENTRIES: ReadonlySet<string> = new Set([
  'error.platform.consent.malformed',
  'error.platform.consent.conflict',
  'error.platform.app.unknown',
]);

function isAboutEntry(error: unknown): error is ParleyError {
  return error instanceof ParleyError && ABOUT_ENTRIES.has(error.code);
}

/** What is wrong, without the advice that fits one entry and not a file of them. */
function reasonIn({ details, message }: ParleyError): string {
  return typeof details.problem === 'string' ? details.problem : message;
}
