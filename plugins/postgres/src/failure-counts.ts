import type { Failures, FailuresQuery } from '@parley/core';
import type { Database, Value } from './database.ts';
import { IS_UNFINISHED } from './message-query.ts';
import { beginningOf } from './messages.ts';
import { jsonOf } from './text.ts';
import { is, numbered, type Position } from './walk.ts';

/** How many messages one statement reads. */
const STEP = 5_000;

/** Counts messages that failed by their codes, along the index of those that are not delivered: in steps, as each is read. */
export async function countFailures(database: Database, query: FailuresQuery): Promise<Failures> {
  const counts = new Map<string | null, number>();
  let from: Position = { at: Math.ceil(query.until), seq: 0 };
  for (let left = query.limit; left > 0; left -= STEP) {
    const size = Math.min(left, STEP);
    const { found, end }: Step = await step(database, query, from, size);
    for (const { code, count } of found) counts.set(code, (counts.get(code) ?? 0) + count);
    if (end === undefined) return { counts: sorted(counts), complete: true };
    from = end;
  }
  const { end } = await step(database, query, from, 1);
  return { counts: sorted(counts), complete: end === undefined };
}

interface Count {
  readonly code: string | null;
  readonly count: number;
}

interface Step {
  readonly found: readonly Count[];
  /** The last of those that were looked through, if there were as many as should be. */
  readonly end: Position | undefined;
}

interface StepRow {
  readonly end_at: number | null;
  readonly end_seq: number | null;
  readonly code: string | null;
  /** `null` where none of them is wanted. */
  readonly count: number | null;
}

async function step(
  database: Database,
  { app, ours, since }: FailuresQuery,
  from: Position,
  size: number,
): Promise<Step> {
  const values: Value[] = [from.at, from.seq, Math.ceil(since), size];
  const conditions = [...is('m.app = ?', app), ...is('starts_with(m.body, ?)', ours && beginningOf(ours))];
  const where = ['true', ...conditions.map((condition) => numbered(condition, values))].join(' AND ');
  const rows = await database.queryOnce<StepRow>(
    `WITH step AS MATERIALIZED (
       SELECT m.at, m.seq, m.app, m.body FROM $schema.messages AS m
       WHERE m.status = 'failed' AND ${IS_UNFINISHED} AND (m.at, m.seq) < ($1::bigint, $2::bigint) AND m.at >= $3::bigint
       ORDER BY m.at DESC, m.seq DESC LIMIT $4::integer
     )
     SELECT last.end_at, last.end_seq, m.code, m.count FROM (SELECT) AS always
     LEFT JOIN (SELECT at AS end_at, seq AS end_seq FROM step ORDER BY at DESC, seq DESC OFFSET $4::integer - 1) AS last
       ON true
     LEFT JOIN (
       SELECT ${jsonOf('m.body')} #>> '{error,code}' AS code, count(*)::integer AS count
       FROM step AS m WHERE ${where} GROUP BY 1
     ) AS m ON true`,
    values,
  );
  const [first] = rows;
  const isMore = first !== undefined && first.end_at !== null && first.end_seq !== null;
  return {
    found: rows.filter((row): row is StepRow & Count => row.count !== null),
    end: isMore ? { at: first.end_at, seq: first.end_seq } : undefined,
  };
}

function sorted(counts: ReadonlyMap<string | null, number>): Failures['counts'] {
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || ((one ?? '') < (other ?? '') ? -1 : 1))
    .map(([code, count]) => ({ ...(code === null ? {} : { code }), count }));
}
