import type { ConsentEntry } from '@parley/core';
import * as z from 'zod';
import { canonicalJson, sha256 } from './canonical.ts';
import { asGiven } from './csv-writer.ts';
import type { RecordedConsent } from './ledger.ts';

/** The columns of a CSV export, in order. An import needs the first three of {@link NEEDED} and takes the others as far as they are there. */
export const COLUMNS = [
  ...['person', 'kind', 'app', 'categories', 'at', 'how', 'words', 'source', 'message', 'data', 'id'],
  ...['sequence', 'recordedAt', 'keptUntil', 'hash'],
] as const;

const NEEDED = ['person', 'kind', 'at'];

/** What a ledger gives its entries itself; an import passes over it, so that an export of one can be imported into another. */
const GIVEN = new Set(['sequence', 'recordedAt', 'keptUntil', 'hash']);

/** An entry as the cells of a record. */
export function rowOf(entry: RecordedConsent): readonly string[] {
  const { person, kind, app = '', categories = [], at, how, evidence = {}, id } = entry;
  const { words = '', source = '', message = '', data } = evidence;
  return [
    ...[person, kind, app, categories.join(' '), iso(at), how, words, source, message],
    ...[data === undefined ? '' : canonicalJson(data), id],
    ...[String(entry.sequence), iso(entry.recordedAt), iso(entry.keptUntil), entry.hash],
  ];
}

/** What a header says of the records below it: the column of each cell; or what is wrong with it. */
export function readHeader(fields: readonly string[]): readonly string[] | { readonly problem: string } {
  const names = fields.map((field) => field.trim());
  const unknown = names.find((name) => !(COLUMNS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    return { problem: `the header names a column that there is not; there are ${COLUMNS.join(', ')}` };
  }
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0) return { problem: `the header lacks ${missing.join(', ')}` };
  if (new Set(names).size < names.length) return { problem: 'the header names a column twice' };
  return names;
}

const momentSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/**
 * The entry of a record, still to be checked; a text says what is wrong. Without an `id` it gets one from all that it says: imported
 * twice, it is one entry.
 */
export function entryOfRow(columns: readonly string[], fields: readonly string[]): object | string {
  if (fields.length !== columns.length) return `it has ${fields.length} cells, the header ${columns.length}`;
  const cells = columns.map((column, index) => [column, asGiven(fields[index] ?? '')] as const);
  const row = Object.fromEntries(cells.filter(([column, cell]) => cell !== '' && !GIVEN.has(column)));
  const { categories, at, data, words, source, message, how = 'import', person, kind, app, id } = row;
  const moment = momentSchema.safeParse(at);
  if (!moment.success) return 'at: a moment is an ISO 8601 date, or date and time with a zone: 2026-11-24T17:00:00Z';
  const parsed = data === undefined ? undefined : fromJson(data);
  if (parsed === BROKEN) return 'data: it is no JSON';
  const evidence = withoutGaps({ words, source, message, data: parsed });
  const entry = withoutGaps({
    ...{ person: person?.trim(), kind, app, how, at: Date.parse(moment.data) },
    categories: categories?.trim().split(/\s+/) as ConsentEntry['categories'],
    evidence: Object.keys(evidence).length === 0 ? undefined : evidence,
  });
  return { ...entry, id: id ?? `import-${sha256(canonicalJson(entry)).slice(0, 32)}` };
}

const BROKEN = Symbol('broken');

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return BROKEN;
  }
}

function withoutGaps(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

/** Up to the millisecond; a moment may have a fraction of one. */
function iso(moment: number): string {
  return new Date(moment).toISOString();
}
