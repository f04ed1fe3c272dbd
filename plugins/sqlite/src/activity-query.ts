import type { ActivityPage, ActivityQuery, ActivityRecord } from '@parley/core';
import type { Database } from './database.ts';
import { type Condition, is, type Position, type Strand, walkNewest } from './walk.ts';

interface ActivityRow extends Position {
  readonly record: string;
}

/** Answers a query: picks the index that narrows it most, and walks it from the newest on. */
export async function listActivity(database: Database, query: ActivityQuery): Promise<ActivityPage> {
  const { rows, ...next } = await walkNewest<ActivityRow>(database, {
    ...query,
    table: 'activity',
    columns: 'm.at, m.seq, m.record',
    strands: strandsOf(database, query),
    conditions: conditionsOf(query),
  });
  return { activity: rows.map(({ record }) => JSON.parse(record) as ActivityRecord), ...next };
}

function strandsOf(database: Database, { app, conversation, journey, kinds }: ActivityQuery): readonly Strand[] {
  if (kinds?.length === 0) return [];
  if (journey !== undefined) return [{ index: 'activity_by_journey', where: 'm.journey = ?', values: [journey] }];
  if (conversation !== undefined) {
    return database
      .prepare<[string], number>('SELECT id FROM conversations WHERE key = ?')
      .pluck()
      .all(conversation)
      .map((id) => ({ index: 'activity_by_conversation', where: 'm.conversation = ?', values: [id] }));
  }
  if (kinds !== undefined) {
    const apps = app === undefined ? appsWithActivity(database) : [app];
    const where = 'm.app = ? AND m.kind = ?';
    return apps.flatMap((name) =>
      [...new Set(kinds)].map((kind) => ({ index: 'activity_by_kind', where, values: [name, kind] })),
    );
  }
  if (app !== undefined) return [{ index: 'activity_by_app', where: 'm.app = ?', values: [app] }];
  return [{ index: 'activity_by_time', where: 'true', values: [] }];
}

function conditionsOf({ app, conversation, journey, kinds, bot }: ActivityQuery): readonly Condition[] {
  return [
    ...is('m.app = ?', app),
    ...(journey === undefined ? [] : is('m.conversation = (SELECT id FROM conversations WHERE key = ?)', conversation)),
    ...(kinds === undefined ? [] : [{ sql: `m.kind IN (${kinds.map(() => '?').join(', ')})`, values: kinds }]),
    // Records in which the name is nowhere need not be parsed.
    ...(bot === undefined ? [] : is(`instr(m.record, ?) > 0 AND m.record ->> '$.bot' = ?`, JSON.stringify(bot), bot)),
  ];
}

/** The apps that anything has happened in: a seek for each. */
function appsWithActivity(database: Database): readonly string[] {
  return database
    .prepare<[], string>(
      `WITH RECURSIVE apps (app) AS (
         SELECT min(app) FROM activity
         UNION ALL SELECT (SELECT min(a.app) FROM activity AS a WHERE a.app > apps.app) FROM apps WHERE app IS NOT NULL
       ) SELECT app FROM apps WHERE app IS NOT NULL`,
    )
    .pluck()
    .all();
}
