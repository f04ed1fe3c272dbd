import { setImmediate as nextPass } from 'node:timers/promises';
import { ParleyError } from '@parley/core';
import type { Database } from './database.ts';

export type Value = string | number;

/** A place in the order of rows: newest first, and of one moment the one that was stored last first. */
export interface Position {
  readonly at: number;
  readonly seq: number;
}

/** Rows that one index holds together, in order: the messages of an app, of a conversation, of a status. */
export interface Strand {
  readonly index: string;
  readonly where: string;
  readonly values: readonly Value[];
}

export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** What is wanted of the rows of a table `m`. */
export interface Walk {
  readonly table: 'messages' | 'activity';
  /** With `at` and `seq`. */
  readonly columns: string;
  /** What the columns and conditions need besides the table, as `CROSS JOIN …`. */
  readonly join?: string;
  readonly strands: readonly Strand[];
  /** Everything but the time, which is part of every index. */
  readonly conditions: readonly Condition[];
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

/** How many rows one statement looks through; a rare word among millions must not hold the event loop. */
export const STEP = 1_000;

/** Before the newest. */
export const START: Position = { at: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };

const ORDER = 'ORDER BY m.at DESC, m.seq DESC';

/**
 * Finds the newest rows that are wanted: walks each strand along its index in steps, and lets the event loop have a turn
 * between two steps.
 *
 * @throws `error.platform.storage.unknown-cursor`
 */
export async function walkNewest<Row extends Position>(database: Database, walk: Walk): Promise<Page<Row>> {
  const from = walk.cursor === undefined ? START : parseCursor(walk.cursor);
  const found: Row[] = [];
  for (const strand of walk.strands) found.push(...(await walkStrand<Row>(database, strand, walk, from)));
  found.sort((one, other) => other.at - one.at || other.seq - one.seq);
  const rows = found.slice(0, walk.limit);
  const last = rows.at(-1);
  const more = found.length > walk.limit && last !== undefined;
  return { rows, ...(more ? { next: formatCursor(last) } : {}) };
}

export function is(sql: string, ...values: readonly (Value | undefined)[]): readonly Condition[] {
  const given = values.filter((value) => value !== undefined);
  return given.length < values.length ? [] : [{ sql, values: given }];
}

/** The matches of one strand after `from`: one more than a page, to know whether there is a next. */
async function walkStrand<Row extends Position>(
  database: Database,
  { index, where, values }: Strand,
  { table, columns, join = '', conditions, since = Number.MIN_SAFE_INTEGER, until: end, limit }: Walk,
  from: Position,
): Promise<readonly Row[]> {
  const range = `${where} AND m.at >= ? AND m.at < ? AND (m.at, m.seq) < (?, ?)`;
  const stepEnd = database.prepare<Value[], Position>(
    `SELECT m.at, m.seq FROM ${table} AS m INDEXED BY ${index} WHERE ${range} ${ORDER} LIMIT 1 OFFSET ${STEP}`,
  );
  const matches = database.prepare<Value[], Row>(
    `SELECT ${columns} FROM ${table} AS m INDEXED BY ${index} ${join}
     WHERE ${[`${range} AND (m.at, m.seq) >= (?, ?)`, ...conditions.map(({ sql }) => sql)].join(' AND ')}
     ${ORDER} LIMIT ?`,
  );
  const wanted = conditions.flatMap((condition) => condition.values);
  const found: Row[] = [];
  let position = from;
  for (;;) {
    const until = Math.min(end ?? Number.MAX_SAFE_INTEGER, position.at + 1);
    // SQLite seeks by the plain bounds on the time; the row values only sort out what shares a moment with a bound.
    const boundsFrom = (at: number) => [...values, at, until, position.at, position.seq];
    const stop = stepEnd.get(...boundsFrom(since));
    const { at, seq } = stop ?? { at: since, seq: 0 };
    found.push(...matches.all(...boundsFrom(at), at, seq, ...wanted, limit + 1 - found.length));
    if (stop === undefined || found.length > limit) return found;
    position = stop;
    await nextPass();
  }
}

function formatCursor({ at, seq }: Position): string {
  return `${at}.${seq}`;
}

function parseCursor(cursor: string): Position {
  const [, at, seq] = /^(-?\d+)\.(\d+)$/.exec(cursor) ?? [];
  if (at === undefined || seq === undefined) throw new ParleyError('error.platform.storage.unknown-cursor');
  return { at: Number(at), seq: Number(seq) };
}
