import type { Address, MessageRecord, MessageStatus, MessageTotal, TotalsQuery } from '@parley/core';
import type { Database } from './database.ts';

export const DAY = 24 * 60 * 60 * 1_000;

/** By how much a sum changes, and what has to be written for it to count. */
export interface Change {
  /** The conversation whose turn it is part of, or else the message that moved alone. */
  readonly key: string | null;
  readonly message: string | null;
  readonly app: string;
  readonly ours: string;
  readonly day: number;
  readonly direction: string;
  readonly status: string;
  readonly by: number;
}

/** What a message changes that was said in a turn. */
export function appended(message: MessageRecord): Change {
  return { key: message.conversation, message: null, ...groupOf(message), by: 1 };
}

/** What a message changes that has moved. */
export function moved(before: MessageRecord, after: MessageRecord, key: string | null): readonly Change[] {
  if (before.status === after.status) return [];
  const cause = { key, message: key === null ? after.id : null };
  return [
    { ...cause, ...groupOf(before), by: -1 },
    { ...cause, ...groupOf(after), by: 1 },
  ];
}

function groupOf({ app, ours, at, direction, status }: MessageRecord) {
  return { app, ours, day: Math.floor(at / DAY), direction, status };
}

interface TotalRow {
  readonly app: string;
  readonly ours?: Address;
  readonly day?: number;
  readonly direction: 'inbound' | 'outbound';
  readonly status: MessageStatus;
  readonly count: number;
}

/** Sums over slots, and over numbers and days unless they are asked for. */
export async function readTotals(database: Database, query: TotalsQuery = {}): Promise<readonly MessageTotal[]> {
  const { app, ours, since, until, by = [] } = query;
  const groups = ['app', ...['ours', 'day'].filter((group) => by.includes(group as 'day')), 'direction', 'status'];
  const rows = await database.queryOnce<TotalRow>(
    `SELECT ${groups.join(', ')}, sum(count)::bigint AS count FROM $schema.totals
     WHERE ($1::text IS NULL OR app = $1) AND ($2::text IS NULL OR ours = $2)
     AND ($3::integer IS NULL OR day >= $3) AND ($4::integer IS NULL OR day < $4)
     GROUP BY ${groups.join(', ')} HAVING sum(count) > 0 ORDER BY ${groups.join(', ')}`,
    [app ?? null, ours ?? null, dayOf(since), dayOf(until)],
  );
  return rows.map(({ day, ...row }) => ({ ...row, ...(day === undefined ? {} : { day: day * DAY }) }));
}

function dayOf(moment: number | undefined): number | null {
  return moment === undefined ? null : Math.floor(moment / DAY);
}

/** The apps that have any messages: a seek for each, where DISTINCT would read every day and number of it. */
export async function appsWithMessages(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ app: string }>(
    `WITH RECURSIVE apps (app) AS (
       SELECT min(app) FROM $schema.totals
       UNION ALL SELECT (SELECT min(totals.app) FROM $schema.totals WHERE totals.app > apps.app)
       FROM apps WHERE app IS NOT NULL
     ) SELECT app FROM apps WHERE app IS NOT NULL`,
  );
  return rows.map(({ app }) => app);
}
