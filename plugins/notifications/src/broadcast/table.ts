import { nearest, ParleyError } from '@parley/core';
import type { Notification } from '../definition/notification.ts';
import type { Shape } from '../definition/shape.ts';
import { type CsvRecord, readCsv, TOO_LONG } from './lines.ts';
import type { ListLine } from './recipient.ts';

/**
 * Reads a list of recipients from a CSV whose first line names the columns: `to`, and variables of the notification. Numbers and booleans are
 * taken as what they are declared; an empty cell is left out.
 *
 * @throws `error.platform.notification.request-malformed` at columns that make no sense.
 */
export async function* readTable(
  notification: Pick<Notification, 'shape'>,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ListLine> {
  let columns: readonly string[] | undefined;
  for await (const record of readCsv(bytes)) {
    if (columns === undefined) columns = columnsOf(record, notification.shape);
    else yield lineOf(record, columns, notification.shape);
  }
}

function columnsOf({ cells = [] }: CsvRecord, shape: ReadonlyMap<string, Shape>): readonly string[] {
  const columns = cells.map((cell) => cell.trim());
  const unknown = columns.find((column) => column !== 'to' && !shape.has(column));
  if (!columns.includes('to')) throw malformed('the first line of the CSV names no column “to” for the numbers');
  if (unknown !== undefined) {
    const meant = nearest(unknown, [...shape.keys()]);
    throw malformed(`the column ${unknown} is no variable${meant === undefined ? '' : ` (did you mean ${meant}?)`}`);
  }
  if (new Set(columns).size < columns.length) throw malformed('two columns of the CSV have one name');
  return columns;
}

function malformed(problem: string): ParleyError {
  return new ParleyError('error.platform.notification.request-malformed', { problem });
}

function lineOf({ line, cells }: CsvRecord, columns: readonly string[], shape: ReadonlyMap<string, Shape>): ListLine {
  if (cells === undefined) return { line, problem: TOO_LONG };
  if (cells.length !== columns.length) {
    return { line, problem: `it has ${cells.length} cells where the first line has ${columns.length}` };
  }
  const entries = columns.map((column, index) => [column, cells[index] ?? ''] as const);
  const to = entries.find(([column]) => column === 'to')?.[1] ?? '';
  const data = entries
    .filter(([column, cell]) => column !== 'to' && cell !== '')
    .map(([column, cell]) => [column, valueIn(cell, shape.get(column))] as const);
  return { line, value: { to, ...(data.length === 0 ? {} : { data: Object.fromEntries(data) }) } };
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** What a cell says, by what is expected; one that says something else is for the schema to refuse. */
function valueIn(cell: string, shape: Shape | undefined): unknown {
  if (shape?.kind !== 'value') return cell;
  if (shape.type === 'boolean') return BOOLEANS.get(cell.trim().toLowerCase()) ?? cell;
  if (shape.type === 'number' && cell.trim() !== '') {
    const number = Number(cell);
    return Number.isNaN(number) ? cell : number;
  }
  return cell;
}
