import type { ActivityPage, ActivityQuery, ActivityRecord } from '@parley/core';
import type { Database } from './database.ts';
import { containing, jsonOf, searchable, toText } from './text.ts';
import { type Condition, is, type Position, type Strands, walkNewest } from './walk.ts';

interface ActivityRow extends Position {
  readonly record: string;
}

/** Answers a query: picks the index that narrows it most, and walks it from the newest on. */
export async function listActivity(database: Database, query: ActivityQuery): Promise<ActivityPage> {
  const strands = await strandsOf(database, query);
  const { rows, ...next } = await walkNewest<ActivityRow>(database, {
    ...query,
    table: 'activity',
    columns: 'm.at, m.seq, m.record',
    strands,
    conditions: conditionsOf(query, strands),
  });
  return { activity: rows.map(({ record }) => JSON.parse(record) as ActivityRecord), ...next };
}

async function strandsOf(database: Database, query: ActivityQuery): Promise<Strands> {
  const { app, conversation, journey, kinds } = query;
  if (journey !== undefined) return { columns: ['journey'], values: [[toText(journey)]] };
  if (conversation !== undefined) return { columns: ['conversation'], values: [[conversation]] };
  if (app === undefined && kinds === undefined) return { columns: [], values: [[]] };
  const known = await appsAndKinds(database);
  const wanted = known.filter(
    (strand) =>
      (app === undefined || strand.app === app) &&
      (kinds === undefined || (kinds as readonly string[]).includes(strand.kind)),
  );
  return { columns: ['app', 'kind'], values: wanted.map((strand) => [strand.app, strand.kind]) };
}

function conditionsOf(query: ActivityQuery, { columns }: Strands): readonly Condition[] {
  const { app, conversation, kinds, bot } = query;
  const unless = <Asked>(column: string, asked: Asked) => (columns.includes(column) ? undefined : asked);
  return [
    ...is('m.app = ?', unless('app', app)),
    ...is('m.conversation = ?', unless('conversation', conversation)),
    ...is('m.kind = ANY (?::text[])', unless('kind', kinds)),
    ...botIs(bot),
  ];
}

/** Records in which the name is nowhere need not be parsed. */
function botIs(bot: string | undefined): readonly Condition[] {
  if (bot === undefined) return [];
  const sql = `CASE WHEN m.record LIKE ? THEN ${jsonOf('m.record')} ->> 'bot' = ? ELSE false END`;
  return [{ sql, values: [containing(JSON.stringify(bot)), searchable(bot)] }];
}

interface AppAndKind {
  readonly app: string;
  readonly kind: string;
}

/** What begins the index by app and kind: a seek for each, and there are few. */
function appsAndKinds(database: Database): Promise<readonly AppAndKind[]> {
  return database.query<AppAndKind>(
    `WITH RECURSIVE strand AS (
       (SELECT app, kind FROM $schema.activity ORDER BY app, kind LIMIT 1)
       UNION ALL
       SELECT next.app, next.kind FROM strand CROSS JOIN LATERAL (
         SELECT a.app, a.kind FROM $schema.activity AS a
         WHERE (a.app, a.kind) > (strand.app, strand.kind) ORDER BY a.app, a.kind LIMIT 1
       ) AS next
     ) SELECT app, kind FROM strand`,
  );
}
