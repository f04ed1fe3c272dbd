import { type ActivityRecord, silentLog, systemClock } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { buildActivity, buildDocument, buildKey } from '@parley/testing/records';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropSchema, findServer, newSchema } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { Database } from '../src/database.ts';
import { migrate } from '../src/migrate.ts';
import { settingsOf } from '../src/options.ts';
import { MIGRATIONS } from '../src/schema.ts';

const { need, url } = await findServer();

let schema: string;

beforeEach(() => {
  schema = newSchema();
  older = new Database(settingsOf({ url, schema }), silentLog);
});

afterEach(async () => {
  await older.close();
  if (need.missing === undefined) await dropSchema(url, schema);
});

/** The database as a process of the version before has it open. */
let older: Database;

/** Makes the schema as it was in the version before. */
function makeOlder(): Promise<void> {
  return migrate(older, schema, MIGRATIONS.slice(0, 1));
}

async function opened() {
  const storage = postgres({ url, schema });
  await storage.open({ clock: systemClock, log: silentLog });
  return storage;
}

suiteNeeding(need, 'data of an older schema on PostgreSQL', () => {
  const awkward = 'a NUL \u0000, half an emoji \ud83d, a \\u0000 in words, "handoff":{';

  const insertConversation = (index: number, fields: object) => {
    const document = { ...buildDocument({ key: buildKey(index) }), ...fields };
    return older.query(
      `INSERT INTO $schema.conversations (key, app, person, stamp, parked, document) VALUES ($1, $2, $3, 1, false, $4)`,
      [document.key, document.app, document.theirs, JSON.stringify(document)],
    );
  };

  const insertActivity = ({ conversation, app, at, ...record }: ActivityRecord) =>
    older.query('INSERT INTO $schema.activity (conversation, app, at, record) VALUES ($1, $2, $3, $4)', [
      conversation,
      app,
      at,
      JSON.stringify({ conversation, app, at, ...record }),
    ]);

  it('has in the second what people have', async () => {
    await makeOlder();
    const handoff = { to: 'desk', at: 1, note: awkward };
    await insertConversation(1, { handoff });
    await insertConversation(2, { journey: { machine: { snapshot: { context: { handoff, awkward } } } } });
    await insertConversation(3, { handoff: { to: 'desk', at: 1 } });
    await insertConversation(4, {});
    const storage = await opened();
    const found = await storage.conversations.list({ handedOver: true, limit: 10 });
    expect(found.map(({ key }) => key)).toEqual([buildKey(1), buildKey(3)]);
    expect(found[0]?.handoff).toEqual(handoff);
    await storage.close();
  });

  it('has in the second the kind of what happened, all of it as it was', async () => {
    await makeOlder();
    const all = [
      buildActivity({ id: 'a1', at: 1, kind: 'handoff', data: { awkward, kind: 'track' } }),
      buildActivity({ id: 'a2', at: 2, kind: 'track', data: awkward }),
      buildActivity({ id: 'a3', at: 2, kind: 'handoff', app: 'school' }),
    ];
    for (const record of all) await insertActivity(record);
    const storage = await opened();
    const { activity } = storage;
    expect(await activity.list({ limit: 10 })).toEqual({ activity: all.toReversed() });
    expect(await activity.list({ kinds: ['handoff'], limit: 10 })).toEqual({ activity: [all[2], all[0]] });
    expect(await activity.list({ app: 'clinic', limit: 10 })).toEqual({ activity: [all[1], all[0]] });
    await storage.close();
  });

  it('takes what a process of the version before still writes, and lists it with all that happened', async () => {
    await (await opened()).close();
    await insertConversation(1, {});
    const record = buildActivity({ id: 'a1', kind: 'track' });
    await insertActivity(record);
    const storage = await opened();
    expect(await storage.activity.list({ app: 'clinic', limit: 10 })).toEqual({ activity: [record] });
    expect(await storage.conversations.list({ limit: 10 })).toHaveLength(1);
    await storage.close();
  });
});
