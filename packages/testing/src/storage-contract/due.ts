import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildKey } from '../records.ts';
import { present, type Setting } from './setting.ts';

export function dueContract(setting: Setting): void {
  const [first, second, third] = [buildKey(1), buildKey(2), buildKey(3)];
  const wait = async (times: Readonly<Record<string, number>>) => {
    for (const [key, dueAt] of Object.entries(times)) await setting.turn(key as typeof first, { dueAt });
  };

  it('gives out what is due, the earliest first and no more than asked for', async () => {
    await wait({ [first]: 30, [second]: 10, [third]: 20, [buildKey(4)]: 31 });
    await setting.turn(buildKey(5));
    const { conversations } = setting.storage;
    expect(await conversations.due(9, 10, 100)).toEqual([]);
    expect(await conversations.due(30, 2, 100)).toEqual([second, third]);
    expect(await conversations.due(30, 2, 100)).toEqual([first]);
  });

  it('holds back what it gave out until the lease ends', async () => {
    await wait({ [first]: 10 });
    const { conversations } = setting.storage;
    expect(await conversations.due(10, 1, 50)).toEqual([first]);
    expect(await conversations.due(49, 1, 90)).toEqual([]);
    expect(await conversations.nextDueAt()).toBe(50);
    expect(await conversations.due(50, 1, 90)).toEqual([first]);
  });

  it('gives one conversation to one of many that ask at once', async () => {
    await wait({ [first]: 1, [second]: 2, [third]: 3 });
    const { conversations } = setting.storage;
    const given = await Promise.all(Array.from({ length: 5 }, () => conversations.due(10, 2, 100)));
    expect(given.flat().sort()).toEqual([first, second, third]);
  });

  it('ends a lease with the next commit, and only with a commit', async () => {
    await wait({ [first]: 10 });
    const { conversations } = setting.storage;
    await conversations.due(10, 1, 50);
    await conversations.turn(first, () => ({ result: undefined }));
    expect(await conversations.due(20, 1, 50)).toEqual([]);
    await setting.turn(first, { dueAt: 10 });
    expect(await conversations.due(20, 1, 50)).toEqual([first]);
  });

  it('leaves the document as it was when it leases', async () => {
    await wait({ [first]: 10 });
    await setting.storage.conversations.due(10, 1, 50);
    expect((await setting.storage.conversations.get(first))?.dueAt).toBe(10);
  });

  it('knows the earliest moment of all, and that nothing waits', async () => {
    const { conversations } = setting.storage;
    expect(await conversations.nextDueAt()).toBeUndefined();
    await wait({ [first]: 30, [second]: 20 });
    expect(await conversations.nextDueAt()).toBe(20);
    await conversations.turn(second, (document) => {
      const { dueAt: _, ...rest } = present(document);
      return { result: undefined, commit: { document: rest, messages: [], statuses: [], activity: [] } };
    });
    expect(await conversations.nextDueAt()).toBe(30);
  });

  it('counts what is due and nobody has taken up, and says since when', async () => {
    const { conversations } = setting.storage;
    expect(await conversations.backlog(100, 10)).toEqual({ due: 0 });
    await wait({ [first]: 30, [second]: 20, [third]: 40, [buildKey(4)]: 90 });
    await setting.turn(buildKey(5));
    expect(await conversations.backlog(19, 10)).toEqual({ due: 0 });
    expect(await conversations.backlog(20, 10)).toEqual({ due: 1, since: 20 });
    expect(await conversations.backlog(50, 10)).toEqual({ due: 3, since: 20 });
    expect(await conversations.backlog(50, 2)).toEqual({ due: 2, since: 20 });
    await conversations.due(50, 1, 80);
    expect(await conversations.backlog(50, 10)).toEqual({ due: 2, since: 30 });
    expect(await conversations.backlog(80, 10)).toEqual({ due: 3, since: 30 });
    await setting.turn(first, { dueAt: 70 });
    await setting.turn(first, { dueAt: 30 });
    expect(await conversations.backlog(50, 10)).toEqual({ due: 2, since: 30 });
  });

  it('counts what is due at once without saying since when', async () => {
    await wait({ [first]: 0, [second]: 0 });
    const { conversations } = setting.storage;
    expect(await conversations.backlog(50, 10)).toEqual({ due: 2 });
    await wait({ [third]: 60 });
    expect(await conversations.backlog(50, 10)).toEqual({ due: 2 });
    expect(await conversations.backlog(60, 10)).toEqual({ due: 3, since: 60 });
    expect(await conversations.backlog(60, 1)).toEqual({ due: 1, since: 60 });
  });

  it('agrees with a plain table, whatever comes in whatever order', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), index: fc.nat(5), at: fc.nat(100) }),
      fc.record({ kind: fc.constant('due' as const), now: fc.nat(100), limit: fc.integer({ min: 1, max: 4 }) }),
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { conversations } = await setting.reopen();
        const table = new Map<string, number>();
        const base = ++round * 1_000;
        // What earlier rounds left waiting is put off for good.
        await conversations.due(Number.MAX_SAFE_INTEGER - 1, 1_000, Number.MAX_SAFE_INTEGER);
        for (const action of steps) {
          if (action.kind === 'wait') {
            table.set(buildKey(action.index), base + action.at);
            await setting.turn(buildKey(action.index), { dueAt: base + action.at });
            continue;
          }
          const given = await conversations.due(base + action.now, action.limit, base + 500);
          const moments = given.map((key) => table.get(key));
          const expected = [...table.values()].filter((at) => at <= base + action.now).sort((a, b) => a - b);
          expect(moments).toEqual(expected.slice(0, action.limit));
          for (const key of given) table.set(key, base + 500);
        }
      }),
      { numRuns: 25 },
    );
  });
}
