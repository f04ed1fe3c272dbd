import { expect, it } from 'vitest';
import { buildDocument, buildKey, commits } from '../records.ts';
import { present, type Setting } from './setting.ts';

const HANDOFF = { handoff: { to: 'desk', at: 1 } } as const;

export function handedOverContract(setting: Setting): void {
  const keys = async (
    query: { app?: string; parked?: true; after?: ReturnType<typeof buildKey>; limit?: number } = {},
  ) => (await setting.storage.conversations.list({ handedOver: true, limit: 10, ...query })).map(({ key }) => key);

  it('lists those that people have, by key, page by page, of one app or all', async () => {
    const shapes = [HANDOFF, {}, HANDOFF, { parked: [] }, { ...HANDOFF, parked: [] }, HANDOFF];
    const documents = shapes.map((shape, index) =>
      buildDocument({ key: buildKey(index), app: index < 4 ? 'clinic' : 'school', ...shape }),
    );
    await Promise.all(documents.map((document) => setting.turn(document.key, document)));
    const expected = documents.filter(({ handoff }) => handoff !== undefined);
    expect(await setting.storage.conversations.list({ handedOver: true, limit: 10 })).toEqual(expected);
    const wanted = expected.map(({ key }) => key);
    expect(wanted).toHaveLength(4);
    expect(await keys({ limit: 2 })).toEqual(wanted.slice(0, 2));
    expect(await keys({ after: present(wanted[1]) })).toEqual(wanted.slice(2));
    expect(await keys({ app: 'clinic' })).toEqual(wanted.slice(0, 2));
    expect(await keys({ app: 'nobody' })).toEqual([]);
    expect(await keys({ parked: true })).toEqual([buildKey(4)]);
    await setting.reopen();
    expect(await keys()).toEqual(wanted);
  });

  it('lists one no longer when it is given back, and again when people take it again', async () => {
    const key = buildKey();
    const { conversations } = setting.storage;
    await setting.turn(key);
    expect(await keys()).toEqual([]);
    await setting.turn(key, HANDOFF);
    expect(await keys()).toEqual([key]);
    await conversations.turn(key, (document) => {
      const { handoff: _, ...rest } = present(document);
      return commits(rest);
    });
    expect(await keys()).toEqual([]);
    await setting.turn(key, HANDOFF);
    expect(await keys()).toEqual([key]);
    await setting.storage.erase(present(await conversations.get(key)).theirs);
    expect(await keys()).toEqual([]);
  });
}
