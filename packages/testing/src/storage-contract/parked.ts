import { type ConversationDocument, isParked } from '@parley/core';
import { expect, it } from 'vitest';
import { buildDocument, buildKey, commits } from '../records.ts';
import { present, type Setting } from './setting.ts';

/** Documents that somebody has to look at, one way or another; how the engine says so is its own affair. */
const PARKED = { parked: [{ at: 1, bot: 'b', code: 'c', reason: 'r' }] } as unknown as Partial<ConversationDocument>;
const HALTED = [
  { halted: { at: 1, code: 'c', reason: 'r' } },
  { journey: { id: 'j', halted: { at: 1, code: 'c', reason: 'r' } } },
] as unknown as readonly Partial<ConversationDocument>[];

export function parkedContract(setting: Setting): void {
  const keys = async (query: { app?: string; after?: ReturnType<typeof buildKey>; limit?: number } = {}) =>
    (await setting.storage.conversations.list({ parked: true, limit: 10, ...query })).map(({ key }) => key);

  it('lists those that somebody has to look at, by key, page by page, of one app or all', async () => {
    const shapes = [PARKED, {}, ...HALTED, PARKED, {}, PARKED];
    const documents = shapes.map((shape, index) =>
      buildDocument({ key: buildKey(index), app: index < 5 ? 'clinic' : 'school', ...shape }),
    );
    await Promise.all(documents.map((document) => setting.turn(document.key, document)));
    const expected = documents.filter(isParked);
    expect(expected.length).toBeGreaterThanOrEqual(4);
    expect(await setting.storage.conversations.list({ parked: true, limit: 10 })).toEqual(expected);
    const wanted = expected.map(({ key }) => key);
    expect(await keys({ limit: 2 })).toEqual(wanted.slice(0, 2));
    expect(await keys({ after: present(wanted[1]) })).toEqual(wanted.slice(2));
    expect(await keys({ app: 'school' })).toEqual([buildKey(6)]);
    expect(await keys({ app: 'clinic', after: present(wanted[0]) })).toEqual(wanted.slice(1, -1));
    expect(await keys({ app: 'nobody' })).toEqual([]);
    await setting.reopen();
    expect(await keys()).toEqual(wanted);
  });

  it('lists one no longer when it has been looked at, and again when something else is parked', async () => {
    const key = buildKey();
    const { conversations } = setting.storage;
    await setting.turn(key, PARKED);
    expect(await keys()).toEqual([key]);
    await conversations.turn(key, (document) => {
      const { parked: _, ...rest } = present(document);
      return commits(rest);
    });
    expect(await keys()).toEqual([]);
    await setting.turn(key, PARKED);
    expect(await keys()).toEqual([key]);
  });
}
