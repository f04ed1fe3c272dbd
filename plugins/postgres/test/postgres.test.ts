import { mergeStatus, type StatusUpdate, silentLog, systemClock } from '@parley/core';
import { type PostgresOptions, postgres } from '@parley/plugin-postgres';
import { VirtualClock } from '@parley/testing';
import { buildActivity, buildDocument, buildKey, buildMessage, buildUpdate, commits } from '@parley/testing/records';
import fc from 'fast-check';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dropSchema, findServer, newSchema, query } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';

const { need, url } = await findServer();
const DAY = 24 * 60 * 60 * 1_000;

let schema: string;

beforeEach(() => {
  schema = newSchema();
});

afterEach(async () => {
  vi.restoreAllMocks();
  if (need.missing === undefined) await dropSchema(url, schema);
});

async function open(options: PostgresOptions = {}, clock = systemClock) {
  const storage = postgres({ url, schema, ...options });
  await storage.open({ clock, log: silentLog });
  return storage;
}

/** Counts how often the server is asked something from now on. */
function countQueries() {
  return vi.spyOn(pg.Client.prototype, 'query');
}

describe('postgres', () => {
  it('says what is wrong with its options', () => {
    // @ts-expect-error no such option
    expect(() => postgres({ uri: 'postgres://localhost' })).toThrow(/uri is no option \(did you mean url\?\)/);
    expect(() => postgres({ url: 'mysql://localhost' })).toThrow(/url: begin it with postgres:\/\//);
    expect(() => postgres({ schema: 'parley"; DROP SCHEMA public' })).toThrow(/schema: letters, digits and _/);
  });

  it('says where it is without saying how to get in', () => {
    expect(postgres({ url: 'postgres://me:secret@db.example.com:6432/texts' }).location).toBe(
      'db.example.com:6432/texts (parley)',
    );
    expect(postgres({ host: 'db', database: 'texts', password: 'secret', schema: 'other' }).location).toBe(
      'db:5432/texts (other)',
    );
  });

  it('fails with a code when no server is there', async () => {
    const storage = postgres({ url: 'postgres://postgres@127.0.0.1:1/test' });
    const opening = storage.open({ clock: systemClock, log: silentLog });
    await expect(opening).rejects.toMatchObject({ code: 'error.platform.storage.failed', status: 503 });
    await expect(storage.conversations.nextDueAt()).rejects.toMatchObject({ code: 'error.platform.storage.closed' });
  });

  it('can be watched only where it can listen', () => {
    expect(postgres({ url: 'postgres://db' }).conversations.watch).toBeDefined();
    expect(postgres({ url: 'postgres://pooler', pooler: true }).conversations.watch).toBeUndefined();
    const past = postgres({ url: 'postgres://pooler', pooler: true, listenUrl: 'postgres://db' });
    expect(past.conversations.watch).toBeDefined();
  });
});

suiteNeeding(need, 'turns on PostgreSQL', () => {
  const message = buildMessage({ id: 'm', direction: 'outbound' });

  it('asks the server twice for a turn, whatever it writes', async () => {
    const storage = await open();
    const asked = countQueries();
    await storage.conversations.turn(
      buildKey(),
      () => commits(buildDocument({ dueAt: 5 }), { messages: [message], activity: [buildActivity({ id: 'a' })] }),
      { once: 'SM1' },
    );
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockClear();
    const statuses = [{ id: message.id, update: buildUpdate('sent', { providerId: 'SM2' }) }];
    await storage.conversations.turn(buildKey(), () => commits(buildDocument({ turns: 2 }), { statuses }), {
      message: message.id,
    });
    expect(asked).toHaveBeenCalledTimes(2);
    expect(await storage.messages.get(message.id)).toMatchObject({ status: 'sent' });
    await storage.close();
  });

  it('asks a third time for a message that nobody had announced, and once for a duplicate or nothing to write', async () => {
    const storage = await open();
    const write = () => commits(buildDocument(), { messages: [message] });
    await storage.conversations.turn(buildKey(), write, { once: 'SM1' });
    const asked = countQueries();
    const statuses = [{ id: message.id, update: buildUpdate('sent') }];
    await storage.conversations.turn(buildKey(), () => commits(buildDocument(), { statuses }));
    expect(asked).toHaveBeenCalledTimes(3);
    asked.mockClear();
    await storage.conversations.turn(buildKey(), write, { once: 'SM1' });
    await storage.conversations.turn(buildKey(), () => ({ result: 1 }));
    expect(asked).toHaveBeenCalledTimes(2);
    await storage.close();
  });

  it('asks twice for as many turns as come at once', async () => {
    const storage = await open();
    const asked = countQueries();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const key = buildKey(index % 30);
        return storage.conversations.turn(key, (document = buildDocument({ key, turns: 0 })) =>
          commits({ ...document, turns: document.turns + 1 }),
        );
      }),
    );
    expect(asked).toHaveBeenCalledTimes(2);
    expect((await storage.conversations.get(buildKey(0)))?.turns).toBe(2);
    await storage.close();
  });

  it('gives every turn of one conversation the latest document, however many storages take them', async () => {
    const storages = await Promise.all([open(), open(), open(), open()]);
    const counts = Array.from({ length: 100 }, (_, index) =>
      storages[index % 4]?.conversations.turn(buildKey(), (document = buildDocument({ turns: 0 })) => {
        const turns = document.turns + 1;
        return { ...commits({ ...document, turns }), result: turns };
      }),
    );
    const results = (await Promise.all(counts)).map((outcome) => (outcome?.kind === 'done' ? outcome.result : 0));
    expect(results.toSorted((one, other) => Number(one) - Number(other))).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
    await Promise.all(storages.map((storage) => storage.close()));
  });

  it('takes a turn in once under an id, whichever storage it comes to', async () => {
    const storages = await Promise.all([open(), open(), open(), open()]);
    const outcomes = await Promise.all(
      storages.map((storage) =>
        storage.conversations.turn(buildKey(), () => commits(buildDocument()), { once: 'SM1' }),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    await Promise.all(storages.map((storage) => storage.close()));
  });

  it('lets no turn commit that was decided before a person was erased', async () => {
    const [storage, other] = await Promise.all([open(), open()]);
    const { theirs } = buildDocument();
    const seen: unknown[] = [];
    const turns = Array.from({ length: 30 }, () =>
      storage.conversations.turn(buildKey(), (document) => {
        seen.push(document?.turns);
        return commits({ ...(document ?? buildDocument({ turns: 0 })), turns: (document?.turns ?? 0) + 1 });
      }),
    );
    await other.erase(theirs);
    await Promise.all(turns);
    await other.erase(theirs);
    expect(await storage.conversations.get(buildKey())).toBeUndefined();
    expect(seen.length).toBeGreaterThanOrEqual(30);
    await Promise.all([storage.close(), other.close()]);
  });

  it('ends where mergeStatus ends, however many storages move a message at once', async () => {
    const storages = await Promise.all([open(), open(), open()]);
    const [storage] = storages;
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyUpdate, { minLength: 1, maxLength: 12 }), async (updates) => {
        const record = buildMessage({ id: `m${round++}`, direction: 'outbound' });
        await storage?.conversations.turn(buildKey(), () => commits(buildDocument(), { messages: [record] }));
        const moves = await Promise.all(
          updates.map(async (update, index) => {
            const by = storages[index % 3];
            if (index % 2 === 0) return by?.messages.applyStatus(record.id, update);
            const statuses = [{ id: record.id, update }];
            await by?.conversations.turn(buildKey(), () => commits(buildDocument(), { statuses }), {
              message: record.id,
            });
            return undefined;
          }),
        );
        const found = await storage?.messages.get(record.id);
        // Which order they came in is chance; that each was merged into what was there is not.
        const merged = (found?.history ?? []).reduce(
          (before, entry) => mergeStatus(before, { ...entry, ...providerIdOf(found) }),
          record,
        );
        expect({ ...merged, ...providerIdOf(found) }).toEqual(found);
        for (const update of updates) expect(mergeStatus(found ?? record, update).status).toBe(found?.status);
        for (const move of moves) if (move?.before === move?.after) expect(move?.after.id ?? record.id).toBe(record.id);
      }),
      { numRuns: 60 },
    );
    const counted = (await storage?.messages.totals())?.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(round);
    await Promise.all(storages.map((one) => one.close()));
  }, 60_000);

  it('tells the one at fault and takes the others, when PostgreSQL refuses one of many', async () => {
    const storage = await open();
    await storage.conversations.turn(buildKey(99), () =>
      commits(buildDocument({ key: buildKey(99) }), { messages: [{ ...message, conversation: buildKey(99) }] }),
    );
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => {
        const key = buildKey(index);
        const id = index === 17 ? 'm' : `m${index}`;
        const text = index === 23 ? (1n as never) : 'secret';
        return storage.conversations.turn(key, () =>
          commits(buildDocument({ key }), { messages: [buildMessage({ id, conversation: key, text })] }),
        );
      }),
    );
    const refused = outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
    expect(refused).toEqual([17, 23]);
    const { reason } = outcomes[17] as PromiseRejectedResult;
    expect(reason).toMatchObject({ code: 'error.platform.storage.failed', cause: { code: '23505' } });
    expect(JSON.stringify(reason.cause)).not.toContain('(m)');
    expect(outcomes[23]).toMatchObject({ reason: { code: 'error.platform.storage.failed' } });
    await storage.close();
  });
});

const anyUpdate: fc.Arbitrary<StatusUpdate> = fc
  .record(
    {
      report: fc.constantFrom(
        ['queued', 'sent'] as const,
        ['sent', 'sent'] as const,
        ['delivered', 'delivered'] as const,
        ['undelivered', 'failed'] as const,
        ['read', 'delivered'] as const,
      ),
      providerId: fc.constant('SM1'),
      code: fc.constantFrom('30003', '30007'),
      at: fc.nat(1_000),
    },
    { requiredKeys: ['report', 'at'] },
  )
  .map(({ report: [providerStatus, status], ...fields }) => buildUpdate(status, { providerStatus, ...fields }));

function providerIdOf(message: { readonly providerId?: string } | undefined) {
  return message?.providerId === undefined ? {} : { providerId: message.providerId };
}

suiteNeeding(need, 'data on PostgreSQL', () => {
  it('forgets what has run out, a minute after it was written last', async () => {
    const clock = new VirtualClock();
    const storage = await open({}, clock);
    const remembered = () => query(url, `SELECT id FROM "${schema}".taken_in ORDER BY id`);
    const turn = (once: string) => storage.conversations.turn(buildKey(), () => commits(buildDocument()), { once });
    await turn('old');
    await storage.claim('claim', 'me', 1_000);
    await storage.keyv('a').set('key', 1, 1_000);
    await clock.advance(7 * DAY);
    await turn('young');
    expect(await remembered()).toHaveLength(2);
    await clock.advance(DAY + 60_000);
    await turn('new');
    await storage.close();
    expect(await remembered()).toEqual([{ id: 'new' }, { id: 'young' }]);
    expect(
      await query(url, `SELECT key FROM "${schema}".claims UNION SELECT key FROM "${schema}".plugin_data`),
    ).toEqual([]);
  });

  it('adds up the totals of days that are over, and counts on in them', async () => {
    const clock = new VirtualClock();
    const storage = await open({}, clock);
    const begun = clock.now();
    const say = (id: string) =>
      storage.conversations.turn(buildKey(), () =>
        commits(buildDocument(), { messages: [buildMessage({ id, at: clock.now(), direction: 'outbound' })] }),
      );
    for (let index = 0; index < 40; index++) await say(`m${index}`);
    const slots = () => query(url, `SELECT slot FROM "${schema}".totals WHERE day = ${Math.floor(begun / DAY)}`);
    expect((await slots()).length).toBeGreaterThan(5);
    await clock.advance(3 * DAY);
    await say('later');
    await storage.close();
    expect(await slots()).toHaveLength(1);
    const again = await open({}, clock);
    await again.messages.applyStatus('m3' as never, buildUpdate('sent'));
    const counts = (await again.messages.totals()).map(({ status, count }) => [status, count]);
    expect(counts).toEqual([
      ['pending', 40],
      ['sent', 1],
    ]);
    await again.close();
  });

  it('keeps ids and keys that a column can not hold', async () => {
    const storage = await open();
    const odd = 'a\u0000b\ud83d';
    const turn = () => storage.conversations.turn(buildKey(), () => commits(buildDocument()), { once: odd });
    expect(await turn()).toMatchObject({ kind: 'done' });
    expect(await turn()).toEqual({ kind: 'duplicate' });
    expect(await storage.claim(odd, odd, 1_000)).toBe(odd);
    expect(await storage.claim(odd, 'other', 1_000)).toBe(odd);
    await storage.keyv(odd).set(odd, odd);
    expect(await storage.keyv(odd).get(odd)).toBe(odd);
    const message = buildMessage({ id: 'm', providerId: odd, text: odd });
    await storage.conversations.turn(buildKey(), () => commits(buildDocument(), { messages: [message] }));
    expect(await storage.messages.getByProviderId(odd)).toEqual(message);
    await storage.close();
  });

  it('finds a rare message among many', async () => {
    const storage = await open();
    const messages = Array.from({ length: 9_000 }, (_, at) =>
      buildMessage({ id: `m${at}`, at, text: at === 3 ? 'nee%dle' : 'hay' }),
    );
    await storage.conversations.turn(buildKey(), () => commits(buildDocument(), { messages }));
    const found = await storage.messages.list({ app: 'clinic', text: 'NEE%D', limit: 5 });
    expect(found.messages.map(({ id }) => id)).toEqual(['m3']);
    expect(found).not.toHaveProperty('next');
    await storage.close();
  });

  it('counts many failures in several steps', async () => {
    const storage = await open();
    const messages = Array.from({ length: 10_500 }, (_, index) => {
      const error = { code: index % 5 === 0 ? 'rare' : 'common', reason: 'r' };
      return buildMessage({ id: `m${index}`, at: index % 7, direction: 'outbound', status: 'failed', error });
    });
    await storage.archive.write('messages', messages);
    const counts = [
      { code: 'common', count: 8_400 },
      { code: 'rare', count: 2_100 },
    ];
    const query = { since: 0, until: 10 };
    expect(await storage.messages.failures({ ...query, limit: 10_500 })).toEqual({ counts, complete: true });
    expect(await storage.messages.failures({ ...query, limit: 10_499 })).toMatchObject({ complete: false });
    expect(await storage.messages.failures({ ...query, limit: 10_000 })).toMatchObject({ complete: false });
    await storage.close();
  });

  it('tells another storage of what it commits, unless that one looks before anyway', async () => {
    const [storage, other] = await Promise.all([open(), open()]);
    const heard: number[] = [];
    const own: number[] = [];
    const unwatch = [
      other.conversations.watch?.((at) => heard.push(at)),
      storage.conversations.watch?.((at) => own.push(at)),
    ];
    // Until it listens.
    await vi.waitFor(async () => {
      const listening = await query(url, `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'LISTEN "parley ${schema}"'`);
      expect(listening).toHaveLength(2);
    });
    const wait = (index: number, dueAt: number) =>
      storage.conversations.turn(buildKey(index), () => commits(buildDocument({ key: buildKey(index), dueAt })));
    const soon = Date.now() + 60_000;
    await Promise.all([wait(1, soon + 10), wait(2, soon), wait(3, soon + 20)]);
    await vi.waitFor(() => expect(heard).toEqual([soon]));
    await wait(4, soon + 5);
    await wait(5, soon - 5);
    await vi.waitFor(() => expect(heard).toEqual([soon, soon - 5]));
    expect(own).toEqual([]);
    for (const stop of unwatch) stop?.();
    await Promise.all([storage.close(), other.close()]);
  });

  it('works without prepared statements and settings of its own, as a pooler wants it', async () => {
    const storage = await open({ pooler: true });
    const asked = countQueries();
    await storage.conversations.turn(buildKey(), () => commits(buildDocument({ dueAt: 5 })), { once: 'SM1' });
    expect(await storage.conversations.due(10, 1, 20)).toEqual([buildKey()]);
    for (const [asking] of asked.mock.calls) expect(asking).not.toHaveProperty('name');
    await storage.close();
  });
});

suiteNeeding(need, 'the schema on PostgreSQL', () => {
  it('is made once by many that start together', async () => {
    const storages = await Promise.all(Array.from({ length: 6 }, () => open()));
    expect(await query(url, `SELECT version FROM "${schema}".parley_schema`)).toEqual([{ version: 2 }]);
    await Promise.all(storages.map((storage) => storage.close()));
  });

  it('is refused when it is newer, and left as it was', async () => {
    await (await open()).close();
    await query(url, `UPDATE "${schema}".parley_schema SET version = 99`);
    await expect(open()).rejects.toMatchObject({
      code: 'error.platform.storage.newer',
      details: { where: expect.stringContaining(schema), found: 99, known: 2 },
    });
  });

  it('is refused when it holds tables of somebody else, and left as it was', async () => {
    await query(url, `CREATE SCHEMA "${schema}"`);
    await query(url, `CREATE TABLE "${schema}".of_somebody_else (a integer)`);
    await expect(open()).rejects.toMatchObject({ code: 'error.platform.storage.not-ours' });
    const tables = await query(url, `SELECT tablename FROM pg_tables WHERE schemaname = '${schema}'`);
    expect(tables).toEqual([{ tablename: 'of_somebody_else' }]);
  });

  it('stays usable through a role that may make no schema', async () => {
    await (await open()).close();
    await query(url, `DROP ROLE IF EXISTS ${schema}_role`);
    await query(url, `CREATE ROLE ${schema}_role LOGIN`);
    await query(url, `GRANT USAGE ON SCHEMA "${schema}" TO ${schema}_role`);
    await query(url, `GRANT ALL ON ALL TABLES IN SCHEMA "${schema}" TO ${schema}_role`);
    await query(url, `GRANT ALL ON ALL SEQUENCES IN SCHEMA "${schema}" TO ${schema}_role`);
    const as = new URL(url);
    as.username = `${schema}_role`;
    const storage = await open({ url: as.href });
    await storage.conversations.turn(buildKey(), () => commits(buildDocument()));
    await storage.close();
    await dropSchema(url, schema);
    await query(url, `DROP ROLE ${schema}_role`);
  });
});
