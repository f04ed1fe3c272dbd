import { type App, type ConsentLedger, isAddress, ParleyError, personOf } from '@parley/core';
import { createChanges } from './changes.ts';
import { parseCsv } from './csv.ts';
import { createRecords, type RecordsContext } from './records.ts';
import { createReviews } from './reviews.ts';

export interface ImportOptions extends RecordsContext {
  /** The organization's apps: somebody who is on the list hears from none of them. */
  readonly apps: readonly App[];
  /** When a line that names no moment was taken down, milliseconds since the epoch. */
  readonly now: number;
  readonly newId: () => string;
  /** Where the opt-outs are written down as well. Default: nowhere. */
  readonly ledger?: ConsentLedger;
}

export interface Imported {
  /** Who is opted out now and was not before. */
  readonly added: number;
  /** Who was already. */
  readonly known: number;
}

/** What the columns may be called, in lower case. */
const NUMBER = ['number', 'phone', 'phone number', 'phone_number', 'to', 'from', 'address', 'recipient'];
const MOMENT = ['at', 'date', 'time', 'timestamp', 'opted out at', 'opted_out_at', 'date_of_consent', 'created_at'];
const WORDS = ['words', 'text', 'reason', 'source', 'note'];

interface Line {
  readonly number: string;
  readonly at: number | undefined;
  readonly words: string | undefined;
}

/**
 * Takes in opt-outs that are kept elsewhere: CSV with a number a line, and, where its first line names columns, when (`at`, ISO 8601)
 * and in which words (`words`). They cover everything that the organization sends. Twice the same list is the same as once; who has
 * opted in since the moment that a line names stays opted in.
 *
 * ```ts
 * await importOptOuts(readFileSync('opted-out.csv', 'utf8'), { keyv: storage.keyv('plugin:opt-out'), apps, now: Date.now(), newId });
 * ```
 *
 * @throws `error.platform.opt-out.import-malformed`, before anything is written
 */
export async function importOptOuts(csv: string, options: ImportOptions): Promise<Imported> {
  const { apps, now, newId, ledger } = options;
  const records = createRecords(options);
  const changes = createChanges({ apps, records, reviews: createReviews(options), ledger, newId });
  const [app] = apps;
  const lines = linesOf(csv);
  let added = 0;
  if (app === undefined) return { added, known: lines.length };
  for (const { number, at, words } of lines) {
    const address = number as App['address'];
    const standings = await Promise.all(apps.map((one) => records.standing(personOf(address), one)));
    const isKnown = standings.every(({ optOut }) => optOut !== undefined);
    // One without a moment adds nothing to what is known. With one, it may be the rest of an import that was cut short.
    if (
      !isKnown ||
      (at !== undefined && standings.some(({ optOut }) => optOut?.at === at && optOut.how === 'import'))
    ) {
      await changes.optOut({ address, app, at: at ?? now, how: 'import', words, scope: 'organization' });
    }
    if (!isKnown) added += 1;
  }
  return { added, known: lines.length - added };
}

function linesOf(csv: string): readonly Line[] {
  const rows = parseCsv(csv);
  const [first = []] = rows;
  const names = first.map((name) => name.trim().toLowerCase());
  const column = names.findIndex((name) => NUMBER.includes(name));
  const hasHeader = column >= 0;
  const indexOf = (wanted: readonly string[]) => (hasHeader ? names.findIndex((name) => wanted.includes(name)) : -1);
  const [moment, words] = [indexOf(MOMENT), indexOf(WORDS)];
  return rows.slice(hasHeader ? 1 : 0).flatMap((row, index) => {
    const line = index + (hasHeader ? 2 : 1);
    if (row.every((cell) => cell.trim() === '')) return [];
    const number = numberIn(row[Math.max(column, 0)], line);
    return [{ number, at: momentIn(row[moment], line), words: row[words]?.trim() || undefined }];
  });
}

function numberIn(cell: string | undefined, line: number): string {
  const number = (cell ?? '').replace(/[\s().-]/g, '');
  if (isAddress(number) && number.includes('+')) return number;
  throw malformed(line, 'its number is not E.164, with a plus sign and the country code');
}

function momentIn(cell: string | undefined, line: number): number | undefined {
  if (cell === undefined || cell.trim() === '') return undefined;
  const at = Date.parse(cell.trim());
  if (Number.isFinite(at)) return at;
  throw malformed(line, 'its moment is not ISO 8601, such as 2026-11-24T17:00:00Z');
}

function malformed(line: number, problem: string): ParleyError {
  return new ParleyError('error.platform.opt-out.import-malformed', { line, problem });
}
