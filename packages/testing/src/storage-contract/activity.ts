import type { ActivityKind, ActivityQuery, ActivityRecord } from '@parley/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildActivity, buildDocument, buildKey, commits } from '../records.ts';
import { present, refusal, type Setting } from './setting.ts';

const KINDS: readonly ActivityKind[] = ['journey.started', 'journey.ended', 'handoff', 'track'];

export function activityContract(setting: Setting): void {
  filters(setting);
  paging(setting);
}

/** Stores activity, a turn for each conversation. */
async function store({ storage }: Pick<Setting, 'storage'>, activity: readonly ActivityRecord[]): Promise<void> {
  const keys = [...new Set(activity.map(({ conversation }) => conversation))];
  await Promise.all(
    keys.map((key) =>
      storage.conversations.turn(key, (document = buildDocument({ key })) =>
        commits(document, { activity: activity.filter(({ conversation }) => conversation === key) }),
      ),
    ),
  );
}

/** Walks all pages of a query. */
async function walk({ storage }: Pick<Setting, 'storage'>, query: ActivityQuery): Promise<readonly ActivityRecord[]> {
  const found: ActivityRecord[] = [];
  let page = await storage.activity.list(query);
  for (;;) {
    expect(page.activity.length).toBeLessThanOrEqual(query.limit);
    found.push(...page.activity);
    if (page.next === undefined) return found;
    page = await storage.activity.list({ ...query, cursor: page.next });
  }
}

function filters(setting: Setting): void {
  it('finds by app, conversation, journey, kind, bot and time, newest first', async () => {
    const [anna, ben] = [buildKey(1), buildKey(2)];
    const inJourney = { conversation: anna, journey: 'j1', bot: 'booking' } as const;
    const all = [
      buildActivity({ id: 'a1', at: 1, ...inJourney, kind: 'journey.started' }),
      buildActivity({ id: 'a2', at: 2, ...inJourney, name: 'booked', data: { slot: 3 } }),
      buildActivity({ id: 'a3', at: 3, conversation: ben, journey: 'j2', bot: 'other' }),
      buildActivity({ id: 'a4', at: 4, conversation: anna, kind: 'handoff' }),
      buildActivity({ id: 'a5', at: 5, conversation: ben, app: 'school', kind: 'handoff', data: { bot: 'booking' } }),
    ];
    await store(setting, all);
    const ids = async (query: Omit<ActivityQuery, 'limit'> = {}) =>
      (await walk(setting, { ...query, limit: 10 })).map(({ id }) => id);
    expect(await setting.storage.activity.list({ limit: 10 })).toEqual({ activity: all.toReversed() });
    expect(await ids({ app: 'clinic' })).toEqual(['a4', 'a3', 'a2', 'a1']);
    expect(await ids({ app: 'school' })).toEqual(['a5']);
    expect(await ids({ app: 'nobody' })).toEqual([]);
    expect(await ids({ conversation: anna })).toEqual(['a4', 'a2', 'a1']);
    expect(await ids({ conversation: buildKey(3) })).toEqual([]);
    expect(await ids({ journey: 'j1' })).toEqual(['a2', 'a1']);
    expect(await ids({ conversation: ben, journey: 'j1' })).toEqual([]);
    expect(await ids({ conversation: anna, journey: 'j1', kinds: ['track'] })).toEqual(['a2']);
    expect(await ids({ kinds: ['handoff'] })).toEqual(['a5', 'a4']);
    expect(await ids({ kinds: ['handoff', 'track', 'handoff'] })).toEqual(['a5', 'a4', 'a3', 'a2']);
    expect(await ids({ kinds: ['handoff'], app: 'clinic' })).toEqual(['a4']);
    expect(await ids({ kinds: ['parked'] })).toEqual([]);
    expect(await ids({ kinds: [] })).toEqual([]);
    expect(await ids({ bot: 'booking' })).toEqual(['a2', 'a1']);
    expect(await ids({ bot: 'booking', kinds: ['track'], app: 'clinic' })).toEqual(['a2']);
    expect(await ids({ since: 2, until: 4 })).toEqual(['a3', 'a2']);
    await setting.reopen();
    expect(await ids({ kinds: ['handoff'], app: 'school' })).toEqual(['a5']);
  });

  it('finds what a plain filter finds, page by page, whatever has happened and is asked for', async () => {
    const shape = fc.record({
      person: fc.nat(2),
      app: fc.constantFrom('clinic', 'school'),
      kind: fc.constantFrom(...KINDS),
      journey: fc.constantFrom('j1', 'j2'),
      bot: fc.constantFrom('booking', 'other'),
      at: fc.nat(20),
    });
    const query = fc.record(
      {
        app: fc.constantFrom('clinic', 'school', 'nobody'),
        conversation: fc.nat(3).map((person) => buildKey(person)),
        journey: fc.constantFrom('j1', 'j2', 'j3'),
        kinds: fc.subarray([...KINDS, 'parked' as const]),
        bot: fc.constantFrom('booking', 'other', 'none'),
        since: fc.nat(22),
        until: fc.nat(22),
        limit: fc.integer({ min: 1, max: 7 }),
      },
      { requiredKeys: ['limit'] },
    );
    const [shapes] = fc.sample(fc.array(shape, { minLength: 50, maxLength: 50 }), { numRuns: 1, seed: 11 });
    const all = present(shapes).map(({ person, ...fields }, index) =>
      buildActivity({ id: `a${index}`, conversation: buildKey(person), ...fields }),
    );
    await store(setting, all);
    // Which of one moment comes first is up to the storage, and stays as it is.
    const order = await walk(setting, { limit: 100 });
    expect(order.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort((one, other) => other - one));
    await fc.assert(
      fc.asyncProperty(query, async (drawn) => {
        const asked = drawn as ActivityQuery;
        expect(await walk(setting, asked)).toEqual(order.filter((record) => matches(record, asked)));
      }),
      { numRuns: 150 },
    );
  });
}

function matches(record: ActivityRecord, query: ActivityQuery): boolean {
  const fields = ['app', 'conversation', 'journey', 'bot'] as const;
  return (
    fields.every((field) => query[field] === undefined || record[field] === query[field]) &&
    (query.kinds ?? KINDS).includes(record.kind) &&
    record.at >= (query.since ?? 0) &&
    record.at < (query.until ?? 1_000)
  );
}

function paging(setting: Setting): void {
  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => buildActivity({ id: `a${from + index}`, at: from + index }));

  it('ends with a page that has no next, also when the last one is full', async () => {
    await store(setting, numbered(0, 4));
    const { activity } = setting.storage;
    const first = await activity.list({ limit: 2 });
    const second = await activity.list({ limit: 2, cursor: present(first.next) });
    expect(second.activity.map(({ at }) => at)).toEqual([1, 0]);
    expect(second).not.toHaveProperty('next');
    expect(await activity.list({ limit: 4 })).not.toHaveProperty('next');
  });

  it('goes on where it was when something happens in between, and when it is opened again', async () => {
    await store(setting, numbered(10, 16));
    const query = { app: 'clinic', kinds: ['track', 'handoff'] } as const;
    const { next } = await setting.storage.activity.list({ ...query, limit: 3 });
    await store(setting, [...numbered(16, 20), ...numbered(0, 2)]);
    const page = await (await setting.reopen()).activity.list({ ...query, limit: 10, cursor: present(next) });
    expect(page.activity.map(({ at }) => at)).toEqual([12, 11, 10, 1, 0]);
  });

  it('refuses a cursor that it did not give out', async () => {
    for (const cursor of ['', 'x', '1']) {
      expect(await refusal(setting.storage.activity.list({ limit: 1, cursor }))).toMatchObject({
        code: 'error.platform.storage.unknown-cursor',
      });
    }
  });
}
