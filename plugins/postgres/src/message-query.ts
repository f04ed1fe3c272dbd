import { type MessagePage, type MessageQuery, ParleyError } from '@parley/core';
import type { Database, Value } from './database.ts';
import { MESSAGE_COLUMNS, type MessageRow, recordOf } from './messages.ts';
import { personOf } from './people.ts';
import { patternOf } from './text.ts';
import { appsWithMessages } from './totals.ts';

/** A place in the order of messages: newest first, and of one moment the one that was stored last first. */
export interface Position {
  readonly at: number;
  readonly seq: number;
}

/** Messages that one index holds together, in order: those of an app, a conversation, a status. */
interface Strands {
  readonly column: 'app' | 'conversation' | 'status';
  readonly values: readonly string[];
}

/** How many messages the first step looks through where not each of them is wanted, and how many the longest. */
const FIRST_STEP = 500;
const LONGEST_STEP = 16_000;

const UNFINISHED: readonly string[] = ['pending', 'sent', 'failed'];

/**
 * Answers a query: picks the index that narrows it most and walks it from the newest on. What the index can not tell apart is looked
 * through in steps, each a statement of its own, so that a rare word among millions holds nothing up and no statement
 * takes long.
 */
export async function listMessages(database: Database, query: MessageQuery): Promise<MessagePage> {
  const strands = await strandsOf(database, query);
  const conditions = conditionsOf(query, strands);
  const found: (MessageRow & Position)[] = [];
  let from: Position | undefined = startOf(query);
  let size = conditions.length === 0 ? query.limit + 1 : FIRST_STEP;
  while (from !== undefined && strands.values.length > 0 && found.length <= query.limit) {
    const { rows, end }: Step = await step(database, { strands, conditions, query, from, size });
    found.push(...rows);
    from = end;
    size = Math.min(LONGEST_STEP, size * 4);
  }
  const rows = found.slice(0, query.limit);
  const last = rows.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return { messages: rows.map(recordOf), ...(more ? { next: formatCursor(last) } : {}) };
}

async function strandsOf(database: Database, { app, conversation, theirs, status }: MessageQuery): Promise<Strands> {
  if (conversation !== undefined) return { column: 'conversation', values: [conversation] };
  if (theirs !== undefined) {
    const rows = await database.query<{ key: string }>(
      `SELECT key FROM $schema.conversations WHERE person = $1 AND split_part(key, '/', 2) = $2`,
      [personOf(theirs), theirs],
    );
    return { column: 'conversation', values: rows.map(({ key }) => key) };
  }
  if (status !== undefined && UNFINISHED.includes(status)) return { column: 'status', values: [status] };
  return { column: 'app', values: app === undefined ? await appsWithMessages(database) : [app] };
}

interface Condition {
  /** With `?` for the value. */
  readonly sql: string;
  readonly value: string;
}

/** What the index of the strands does not answer by itself. */
function conditionsOf(query: MessageQuery, { column }: Strands): readonly Condition[] {
  const { app, conversation, theirs, direction, status, text } = query;
  const conditions = [
    is('m.app = ?', column === 'app' ? undefined : app),
    is(`split_part(m.conversation, '/', 2) = ?`, conversation === undefined ? undefined : theirs),
    is('m.direction = ?', direction),
    is('m.status = ?', column === 'status' ? undefined : status),
    is('m.text ILIKE ?', text === undefined ? undefined : patternOf(text)),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

function is(sql: string, value: string | undefined): Condition | undefined {
  return value === undefined ? undefined : { sql, value };
}

interface Step {
  readonly rows: readonly (MessageRow & Position)[];
  /** Where the next step begins, if there is anything left. */
  readonly end: Position | undefined;
}

interface StepRow extends Partial<MessageRow>, Partial<Position> {
  readonly end_at: number | null;
  readonly end_seq: number | null;
}

/** Looks through the next messages, about `size` of each strand, for those that are wanted. */
async function step(
  database: Database,
  asked: {
    readonly strands: Strands;
    readonly conditions: readonly Condition[];
    readonly query: MessageQuery;
    readonly from: Position;
    readonly size: number;
  },
): Promise<Step> {
  const { strands, conditions, query, from, size } = asked;
  const since = query.since === undefined ? Number.MIN_SAFE_INTEGER : Math.ceil(query.since);
  const values: Value[] = [strands.values, from.at, from.seq, since, size, query.limit + 1];
  const where = conditions.map(({ sql, value }) => `AND ${sql.replace('?', `$${values.push(value)}`)}`).join(' ');
  // PostgreSQL takes a partial index only for a query that repeats the index's own condition.
  const partial = strands.column === 'status' ? `AND m.status IN ('pending', 'sent', 'failed')` : '';
  const range = `m.${strands.column} = strand.name ${partial}
    AND (m.at, m.seq) < ($2::bigint, $3::bigint) AND m.at >= $4::bigint`;
  const order = 'ORDER BY m.at DESC, m.seq DESC';
  // The first part counts along the index, which needs no messages; the second reads those up to there.
  const rows = await database.queryOnce<StepRow>(
    `WITH last AS MATERIALIZED (
       SELECT m.at AS end_at, m.seq AS end_seq FROM unnest($1::text[]) AS strand (name) CROSS JOIN LATERAL (
         SELECT m.at, m.seq FROM $schema.messages AS m WHERE ${range} ${order} OFFSET $5::integer LIMIT 1
       ) AS m ${order} LIMIT 1
     )
     SELECT m.seq, ${MESSAGE_COLUMNS}, last.end_at, last.end_seq
     FROM (SELECT) AS always LEFT JOIN last ON true LEFT JOIN LATERAL (
       SELECT m.* FROM unnest($1::text[]) AS strand (name) CROSS JOIN LATERAL (
         SELECT * FROM $schema.messages AS m WHERE ${range}
         AND (m.at, m.seq) >= (coalesce(last.end_at, $4::bigint), coalesce(last.end_seq, 0)) ${where}
         ${order} LIMIT $6::integer
       ) AS m ${order} LIMIT $6::integer
     ) AS m ON true ${order}`,
    values,
  );
  const [first] = rows;
  const isMore = first !== undefined && first.end_at !== null && first.end_seq !== null;
  return {
    rows: rows.filter((row): row is StepRow & MessageRow & Position => row.id !== null),
    end: isMore ? { at: first.end_at, seq: first.end_seq } : undefined,
  };
}

/** The first is before `until` and after the page before. */
function startOf({ until, cursor }: MessageQuery): Position {
  const start = { at: until === undefined ? Number.MAX_SAFE_INTEGER : Math.ceil(until), seq: 0 };
  if (cursor === undefined) return start;
  const position = parseCursor(cursor);
  return position.at < start.at ? position : start;
}

export function formatCursor({ at, seq }: Position): string {
  return `${at}.${seq}`;
}

/** @throws `error.platform.storage.unknown-cursor` */
export function parseCursor(cursor: string): Position {
  const [, at, seq] = /^(-?\d{1,16})\.(\d{1,16})$/.exec(cursor) ?? [];
  if (at === undefined || seq === undefined) throw new ParleyError('error.platform.storage.unknown-cursor');
  return { at: Number(at), seq: Number(seq) };
}
