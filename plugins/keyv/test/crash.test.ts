import { type Log, silentLog, systemClock } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { buildActivity, buildDocument, buildKey, buildMessage, buildUpdate, commits } from '@parley/testing/records';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** A Map that can be told to fail. */
class FailingMap extends Map<string, unknown> {
  fails: (operation: 'get' | 'set' | 'delete', key: string) => boolean = () => false;
  /** Takes writes and then says that it failed, as when an answer is lost on the way. */
  failsLate = false;

  override get(key: string): unknown {
    if (this.fails('get', key)) throw new Error('The store does not answer');
    return super.get(key);
  }

  override set(key: string, value: unknown): this {
    if (this.fails?.('set', key)) throw new Error('The store takes nothing');
    super.set(key, value);
    if (this.failsLate) throw new Error('The answer was lost');
    return this;
  }

  override delete(key: string): boolean {
    if (this.fails('delete', key)) throw new Error('The store deletes nothing');
    return super.delete(key);
  }
}

async function openOn(store: Map<string, unknown>, log: Log = silentLog) {
  const storage = keyvStorage({ store });
  await storage.open({ clock: systemClock, log });
  return storage;
}

type Storage = Awaited<ReturnType<typeof openOn>>;

/** A turn that counts itself, says so in a message and an activity, and moves the message before. */
function turn(storage: Storage, person: number) {
  const key = buildKey(person);
  return storage.conversations.turn(key, (document = buildDocument({ key, turns: 0 })) => {
    const turns = document.turns + 1;
    const id = (number: number) => `${person}-${number}`;
    return commits(
      { ...document, turns },
      {
        messages: [buildMessage({ id: id(turns), conversation: key, direction: 'outbound', at: turns })],
        statuses: [{ id: id(turns - 1) as never, update: buildUpdate('sent', { providerId: `SM${id(turns - 1)}` }) }],
        activity: [buildActivity({ id: id(turns), conversation: key, at: turns })],
      },
    );
  });
}

/** Whether the rows are those of exactly the turns that the document counts. Answers how many that are. */
async function check(storage: Storage, person: number): Promise<number> {
  const conversation = buildKey(person);
  const turns = (await storage.conversations.get(conversation))?.turns ?? 0;
  const { messages } = await storage.messages.list({ conversation, limit: 1_000 });
  const statuses = messages.map(({ at, status }) => [at, status]);
  const expected = Array.from({ length: turns }, (_, index) => [turns - index, index === 0 ? 'pending' : 'sent']);
  expect(statuses).toEqual(expected);
  expect((await storage.activity.list({ conversation, limit: 1_000 })).activity.map(({ at }) => at)).toEqual(
    expected.map(([at]) => at),
  );
  return turns;
}

describe('a crash between two writes', () => {
  it('loses no turn that was acknowledged and keeps documents and rows together, wherever it happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { maxLength: 12 }), fc.nat(40), async (people, writes) => {
        const store = new FailingMap();
        const before = await openOn(store);
        let left = writes;
        store.fails = (operation) => operation === 'set' && left-- <= 0;
        const acknowledged = [0, 0, 0];
        const outcomes = await Promise.allSettled(people.map((person) => turn(before, person)));
        outcomes.forEach(({ status }, index) => {
          if (status === 'fulfilled') acknowledged[people[index]!]!++;
        });
        // The process is gone: nothing is closed, and the next one finds the store as it is.
        const after = await openOn(new Map(store));
        for (const person of [0, 1, 2]) {
          expect(await check(after, person)).toBeGreaterThanOrEqual(acknowledged[person]!);
          await turn(after, person);
          await check(after, person);
        }
        const counted = (await after.messages.totals()).reduce((sum, { count }) => sum + count, 0);
        expect(counted).toBe((await after.messages.list({ limit: 1_000 })).messages.length);
        await after.close();
      }),
      { numRuns: 300 },
    );
  });

  it('does not take a status back that was learned after the turn', async () => {
    const store = new Map<string, unknown>();
    const before = await openOn(store);
    await turn(before, 0);
    const id = '0-1' as never;
    await before.messages.applyStatus(id, buildUpdate('delivered', { providerId: 'SM1' }));
    const after = await openOn(new Map(store));
    expect(await after.messages.get(id)).toMatchObject({ status: 'delivered', providerId: 'SM1' });
    expect(await after.messages.totals()).toMatchObject([{ status: 'delivered', count: 1 }]);
  });
});

describe('a crash while something is taken away', () => {
  const removals = {
    prune: (storage: Storage) => storage.prune({ before: 3, mode: 'delete', what: 'messages', limit: 100 }),
    redact: (storage: Storage) => storage.prune({ before: 3, mode: 'redact', what: 'messages', limit: 100 }),
    erase: (storage: Storage) => storage.erase(buildDocument({ key: buildKey(0) }).theirs),
  };

  it.each(Object.entries(removals))('counts nothing twice and leaves nothing behind: %s', async (_, remove) => {
    const prepared = new Map<string, unknown>();
    const before = await openOn(prepared);
    for (let turns = 0; turns < 4; turns++) for (const person of [0, 1]) await turn(before, person);
    const totals = await before.messages.totals();
    // Undisturbed, to know how it has to end.
    const undisturbed = await openOn(new Map(prepared));
    await remove(undisturbed);
    const expected = await undisturbed.messages.list({ limit: 100 });
    expect(expected).not.toEqual(await before.messages.list({ limit: 100 }));
    for (let writes = 0; ; writes++) {
      const store = new FailingMap(prepared);
      let left = writes;
      const broken = await openOn(store);
      store.fails = (operation) => operation !== 'get' && left-- <= 0;
      const whole = await remove(broken).then(
        () => true,
        () => false,
      );
      // In the same process once the store answers again, and in the next one: both finish what was begun.
      store.fails = () => false;
      for (const storage of [await openOn(new Map(store)), broken]) {
        expect(await storage.messages.totals()).toEqual(totals);
        await remove(storage);
        expect(await storage.messages.list({ limit: 100 })).toEqual(expected);
        expect(await storage.messages.totals()).toEqual(totals);
      }
      const next = await openOn(new Map(store));
      expect(await next.messages.list({ limit: 100 })).toEqual(expected);
      expect(await next.messages.totals()).toEqual(totals);
      if (whole) break;
    }
  });
});

describe('a store that fails', () => {
  it('rejects a turn whose write failed, and takes the next one in', async () => {
    const store = new FailingMap();
    const storage = await openOn(store);
    await turn(storage, 0);
    store.fails = (operation) => operation === 'set';
    await expect(turn(storage, 0)).rejects.toMatchObject({
      code: 'error.platform.storage.failed',
      cause: { message: 'The store takes nothing' },
    });
    store.fails = () => false;
    expect(await check(storage, 0)).toBe(1);
    await turn(storage, 0);
    expect(await check(storage, 0)).toBe(2);
  });

  it('keeps the rows of a turn whose write was taken though it seemed to fail', async () => {
    const store = new FailingMap();
    const storage = await openOn(store);
    await turn(storage, 0);
    store.failsLate = true;
    await expect(turn(storage, 0)).rejects.toMatchObject({ code: 'error.platform.storage.failed' });
    store.failsLate = false;
    await turn(storage, 0);
    expect(await check(storage, 0)).toBe(3);
    expect(await check(await openOn(new Map(store)), 0)).toBe(3);
  });

  it('does not take a read that failed for a conversation that never was', async () => {
    const store = new FailingMap();
    const storage = await openOn(store);
    await turn(storage, 0);
    store.fails = (operation) => operation === 'get';
    await expect(turn(storage, 0)).rejects.toMatchObject({ code: 'error.platform.storage.failed' });
    store.fails = () => false;
    expect(await check(storage, 0)).toBe(1);
  });

  it('acknowledges a turn whose rows could not be copied, reads them all the same, and copies them later', async () => {
    const store = new FailingMap();
    const warnings: unknown[] = [];
    const storage = await openOn(store, { ...silentLog, warn: (fields) => warnings.push(fields) });
    store.fails = (operation, key) => operation === 'set' && !key.includes('conversation/');
    await turn(storage, 0);
    await turn(storage, 0);
    expect(warnings[0]).toEqual({
      conversation: '…0100/…0000',
      kind: 'message',
      code: 'error.platform.storage.failed',
    });
    expect(await check(storage, 0)).toBe(2);
    const crashed = await openOn(new Map(store));
    expect(await check(crashed, 0)).toBe(2);
    store.fails = () => false;
    await turn(storage, 0);
    const names = [...store.keys()].filter((key) => key.includes('message/'));
    expect(names).toHaveLength(3);
    expect(await check(storage, 0)).toBe(3);
  });
});
