import { ParleyError } from '@parley/core';
import type { Database, Value } from './database.ts';

/** A place in the order of rows: newest first, and of one moment the one that was stored last first. */
export interface Position {
  readonly at: number;
  readonly seq: number;
}

/** Rows that an index holds together, in order: those of an app, a conversation, a status. */
export interface Strands {
  /** The columns that begin the index. */
  readonly columns: readonly string[];
  /** For each strand a value of each of them. */
  readonly values: readonly (readonly string[])[];
  /** The index's own condition: PostgreSQL takes a partial index only for a query that repeats it. */
  readonly where?: string;
}

export interface Condition {
  /** With `?` for each of the values. */
  readonly sql: string;
  readonly values: readonly Value[];
}

/** What is wanted of the rows of a table `m`. */
export interface Walk {
  readonly table: 'messages' | 'activity';
  /** With `at` and `seq`. */
  readonly columns: string;
  readonly strands: Strands;
  /** What the index of the strands does not answer by itself. */
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

/** How many rows the first step looks through where not each of them is wanted, and how many the longest. */
const FIRST_STEP = 500;
const LONGEST_STEP = 16_000;

/**
 * Finds the newest rows that are wanted: walks the strands along their index in steps, each a statement of its own, so
 * that a rare word among millions holds nothing up and no statement takes long.
 *
 * @throws `error.platform.storage.unknown-cursor`
 */
export async function walkNewest<Row extends Position>(database: Database, walk: Walk): Promise<Page<Row>> {
  const { limit, strands, conditions } = walk;
  const found: Row[] = [];
  let from: Position | undefined = startOf(walk);
  let size = conditions.length === 0 ? limit + 1 : FIRST_STEP;
  while (from !== undefined && strands.values.length > 0 && found.length <= limit) {
    const { rows, end }: Step<Row> = await step<Row>(database, walk, from, size);
    found.push(...rows);
    from = end;
    size = Math.min(LONGEST_STEP, size * 4);
  }
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = found.length > limit && last !== undefined;
  return { rows, ...(more ? { next: formatCursor(last) } : {}) };
}

export function is(sql: string, value: Value | undefined): readonly Condition[] {
  return value === undefined ? [] : [{ sql, values: [value] }];
}

interface Step<Row> {
  readonly rows: readonly Row[];
  /** Where the next step begins, if there is anything left. */
  readonly end: Position | undefined;
}

type StepRow<Row> = Partial<Row> & { readonly end_at: number | null; readonly end_seq: number | null };

/** Looks through the next rows, about `size` of each strand, for those that are wanted. */
async function step<Row extends Position>(
  database: Database,
  { table, columns, strands, conditions, since, limit }: Walk,
  from: Position,
  size: number,
): Promise<Step<Row>> {
  const first = since === undefined ? Number.MIN_SAFE_INTEGER : Math.ceil(since);
  const values: Value[] = [from.at, from.seq, first, size, limit + 1];
  const names = strands.columns.map((_, index) => `name${index}`);
  const arrays = names.map((_, index) => `$${values.push(strands.values.map((row) => row[index] ?? ''))}::text[]`);
  const strand =
    names.length === 0 ? '(SELECT) AS strand' : `unnest(${arrays.join(', ')}) AS strand (${names.join(', ')})`;
  const where = conditions.map((condition) => `AND ${numbered(condition, values)}`).join(' ');
  const range = [
    ...strands.columns.map((column, index) => `m.${column} = strand.name${index}`),
    ...(strands.where === undefined ? [] : [strands.where]),
    '(m.at, m.seq) < ($1::bigint, $2::bigint) AND m.at >= $3::bigint',
  ].join(' AND ');
  const order = 'ORDER BY m.at DESC, m.seq DESC';
  // The first part counts along the index, which needs no rows; the second reads those up to there.
  const rows = await database.queryOnce<StepRow<Row>>(
    `WITH last AS MATERIALIZED (
       SELECT m.at AS end_at, m.seq AS end_seq FROM ${strand} CROSS JOIN LATERAL (
         SELECT m.at, m.seq FROM $schema.${table} AS m WHERE ${range} ${order} OFFSET $4::integer LIMIT 1
       ) AS m ${order} LIMIT 1
     )
     SELECT ${columns}, last.end_at, last.end_seq
     FROM (SELECT) AS always LEFT JOIN last ON true LEFT JOIN LATERAL (
       SELECT m.* FROM ${strand} CROSS JOIN LATERAL (
         SELECT * FROM $schema.${table} AS m WHERE ${range}
         AND (m.at, m.seq) >= (coalesce(last.end_at, $3::bigint), coalesce(last.end_seq, 0)) ${where}
         ${order} LIMIT $5::integer
       ) AS m ${order} LIMIT $5::integer
     ) AS m ON true ${order}`,
    values,
  );
  const [some] = rows;
  const isMore = some !== undefined && some.end_at !== null && some.end_seq !== null;
  return {
    rows: rows.filter((row) => row.seq !== null) as readonly unknown[] as readonly Row[],
    end: isMore ? { at: some.end_at, seq: some.end_seq } : undefined,
  };
}

/** A condition with its values put in their places. */
export function numbered({ sql, values: given }: Condition, values: Value[]): string {
  return given.reduce<string>((text, value) => text.replace('?', () => `$${values.push(value)}`), sql);
}

/** The first is before `until` and after the page before. */
function startOf({ until, cursor }: Walk): Position {
  const start = { at: until === undefined ? Number.MAX_SAFE_INTEGER : Math.ceil(until), seq: 0 };
  if (cursor === undefined) return start;
  const position = parseCursor(cursor);
  return position.at < start.at ? position : start;
}

function formatCursor({ at, seq }: Position): string {
  return `${at}.${seq}`;
}

function parseCursor(cursor: string): Position {
  const [, at, seq] = /^(-?\d{1,16})\.(\d{1,16})$/.exec(cursor) ?? [];
  if (at === undefined || seq === undefined) throw new ParleyError('error.platform.storage.unknown-cursor');
  return { at: Number(at), seq: Number(seq) };
}
