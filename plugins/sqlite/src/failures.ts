import { setImmediate as nextPass } from 'node:timers/promises';
import type { Failures, FailuresQuery } from '@parley/core';
import type { Database } from './database.ts';
import { unfinished } from './message-query.ts';
import { type Position, START, STEP, type Value } from './walk.ts';

interface CountRow {
  readonly code: string | null;
  readonly count: number;
}

/**
 * Counts messages that failed by their codes, along the index of those that are not delivered; in steps between which the event
 * loop has a turn, as each message has to be read for its code.
 */
export async function countFailures(database: Database, query: FailuresQuery): Promise<Failures> {
  const { since, limit } = query;
  const { findLast, countFrom } = statements(database, query);
  const counts = new Map<string | null, number>();
  let position = START;
  for (let left = limit; left > 0; ) {
    const size = Math.min(left, STEP);
    const last = findLast(position, size);
    for (const { code, count } of countFrom(last ?? { at: since, seq: 0 }, position)) {
      counts.set(code, (counts.get(code) ?? 0) + count);
    }
    if (last === undefined) return { counts: sorted(counts), complete: true };
    position = last;
    left -= size;
    await nextPass();
  }
  return { counts: sorted(counts), complete: findLast(position, 1) === undefined };
}

function statements(database: Database, { app, ours, since, until }: FailuresQuery) {
  const { index, where, values } = unfinished('failed');
  const from = `FROM messages AS m INDEXED BY ${index} WHERE ${where} AND m.at >= ? AND m.at < ? AND (m.at, m.seq) < (?, ?)`;
  const nth = database.prepare<Value[], Position>(
    `SELECT m.at, m.seq ${from} ORDER BY m.at DESC, m.seq DESC LIMIT 1 OFFSET ?`,
  );
  const conditions = [
    'AND (m.at, m.seq) >= (?, ?)',
    ...(app === undefined ? [] : ['AND m.app = ?']),
    ...(ours === undefined ? [] : [`AND m.body ->> '$.ours' = ?`]),
  ];
  const count = database.prepare<Value[], CountRow>(
    `SELECT m.body ->> '$.error.code' AS code, count(*) AS count ${from} ${conditions.join(' ')} GROUP BY code`,
  );
  const wanted = [app, ours].filter((value) => value !== undefined);
  const below = ({ at, seq }: Position) => [Math.min(until, at + 1), at, seq];
  return {
    /** The row that is so many below a place. */
    findLast: (position: Position, size: number) => nth.get(...values, since, ...below(position), size - 1),
    /** What there is from one place on, below another. */
    countFrom: ({ at, seq }: Position, position: Position) =>
      count.all(...values, at, ...below(position), at, seq, ...wanted),
  };
}

function sorted(counts: ReadonlyMap<string | null, number>): Failures['counts'] {
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || ((one ?? '') < (other ?? '') ? -1 : 1))
    .map(([code, count]) => ({ ...(code === null ? {} : { code }), count }));
}
