import { ARCHIVE_PARTS, type ArchivePart, type Storage } from '@parley/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildDocument, buildKey, buildMessage, buildUpdate, commits } from '../records.ts';
import { archivePages, copyArchive, readArchive } from './archive-copy.ts';
import { FILLED_CONVERSATIONS, filledKey, fillStorage } from './filled.ts';
import { store } from './messages.ts';
import { type Data, present, refusal, type Setting } from './setting.ts';

const DAY = 24 * 60 * 60 * 1_000;

export function archiveContract(setting: Setting): void {
  describe('read', () => reading(setting));
  describe('copied', () => copying(setting));
  describe('going on in the copy', () => goingOn(setting));
}

/** One part in the order and the pages in which it is read. */
async function pagesOf<Part extends ArchivePart>(storage: Storage, part: Part, limit: number) {
  const pages = [];
  for await (const page of archivePages(storage, part, limit)) pages.push(page);
  return pages;
}

function reading(setting: Setting): void {
  it('has nothing of a storage that is empty', async () => {
    for (const part of ARCHIVE_PARTS) {
      expect(await setting.storage.archive.read(part, { limit: 5 })).toEqual({ rows: [] });
    }
  });

  it('gives every row exactly once, whatever the size of a page, in an order that stays the same', async () => {
    await fillStorage(setting.storage, setting.clock);
    for (const part of ARCHIVE_PARTS) {
      const [all = []] = await pagesOf(setting.storage, part, 1_000);
      expect(all.length).toBeGreaterThan(0);
      for (const limit of [1, 3, all.length]) {
        const pages = await pagesOf(setting.storage, part, limit);
        expect(pages.flat()).toEqual(all);
        expect(pages.map(({ length }) => length)).toEqual(
          Array.from({ length: Math.ceil(all.length / limit) }, (_, index) =>
            Math.min(limit, all.length - index * limit),
          ),
        );
      }
      await setting.reopen();
      expect((await pagesOf(setting.storage, part, 1_000)).flat()).toEqual(all);
    }
  });

  it('gives what was there before what came later', async () => {
    const key = buildKey();
    for (const at of [1, 2, 3, 4]) {
      await setting.clock.advance(1);
      await setting.storage.conversations.turn(
        key,
        () => commits(buildDocument({ key }), { messages: [buildMessage({ id: `m${9 - at}`, at })] }),
        { once: `SM${9 - at}` },
      );
    }
    const { archive } = setting.storage;
    const messages = await archive.read('messages', { limit: 10 });
    expect(messages.rows.map(({ id }) => id)).toEqual(['m8', 'm7', 'm6', 'm5']);
    const turns = await archive.read('turns', { limit: 10 });
    expect(turns.rows.map(({ id }) => id)).toEqual(['SM8', 'SM7', 'SM6', 'SM5']);
    const times = turns.rows.map(({ at }) => at);
    expect(times).toEqual([3, 2, 1, 0].map((before) => setting.clock.now() - before));
  });

  it('leaves out what has run out, and what was taken away', async () => {
    await fillStorage(setting.storage, setting.clock);
    const content = await readArchive(setting.storage);
    expect(content.claims).toEqual([{ key: 'long', owner: 'me', expiresAt: expect.any(Number) }]);
    expect(content.data.map(({ key }) => key)).toEqual(['c/d', '+14155560001', 'long']);
    expect(content.data.find(({ key }) => key === 'long')?.expiresAt).toBe(present(content.claims[0]).expiresAt);
    expect(content.data.find(({ key }) => key === 'c/d')?.expiresAt).toBeNull();
    expect(content.conversations).toHaveLength(FILLED_CONVERSATIONS);
    expect(JSON.stringify(content)).not.toContain(buildKey(FILLED_CONVERSATIONS));
    const counted = content.totals.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBeGreaterThan(content.messages.length);
    for (const { day } of content.totals) expect(day % DAY).toBe(0);
  });
}

function copying(setting: Setting): void {
  let copy: Data;

  beforeEach(async () => {
    copy = await setting.another();
    await fillStorage(setting.storage, setting.clock);
  });

  it.each([1, 5, 1_000])('gives equal rows from a copy that was made %s rows at a time', async (limit) => {
    await copyArchive(setting.storage, copy.storage, limit);
    const rows = await readArchive(setting.storage);
    expect(await readArchive(copy.storage)).toEqual(rows);
    await copy.reopen();
    expect(await readArchive(copy.storage)).toEqual(rows);
  });

  it('finds the same in the copy', async () => {
    await copyArchive(setting.storage, copy.storage);
    const answers = async ({ conversations, messages, activity }: Storage) => [
      await conversations.list({ limit: 100 }),
      await conversations.list({ parked: true, app: 'school', limit: 100 }),
      (await messages.list({ limit: 100 })).messages,
      (await messages.list({ text: 'PLAIN', limit: 100 })).messages,
      (await messages.list({ status: 'failed', limit: 100 })).messages,
      (await messages.list({ conversation: filledKey(1), limit: 100 })).messages,
      await messages.totals({ by: ['ours', 'day'] }),
      (await activity.list({ limit: 100 })).activity,
      (await activity.list({ journey: 'j4', limit: 100 })).activity,
    ];
    expect(await answers(copy.storage)).toEqual(await answers(setting.storage));
  });

  it('keeps plugins’ data and claims, with the time that they have left', async () => {
    await copyArchive(setting.storage, copy.storage);
    const { storage } = copy;
    expect(await storage.keyv('consent').get('+14155560001')).toEqual({ optedOut: true, since: 5 });
    expect(await storage.keyv('a:b').get('c/d')).toEqual(Buffer.from('bytes'));
    expect(await storage.keyv('consent').get('long')).toBe('gone after nine days');
    expect(await storage.claim('long', 'you', 1)).toBe('me');
    expect(await storage.claim('short', 'you', 1)).toBe('you');
    await setting.clock.advance(6 * DAY);
    expect(await storage.keyv('consent').get('long')).toBeUndefined();
    expect(await storage.claim('long', 'you', 1)).toBe('you');
  });
}

function goingOn(setting: Setting): void {
  let copy: Data;

  beforeEach(async () => {
    copy = await setting.another();
  });

  it('wakes in the copy what is due, also what somebody had a lease on', async () => {
    const moments: Readonly<Record<string, number>> = { [buildKey(1)]: 10, [buildKey(2)]: 20, [buildKey(3)]: 30 };
    for (const [key, dueAt] of Object.entries(moments)) await setting.turn(key as never, { dueAt });
    await setting.turn(buildKey(4));
    expect(await setting.storage.conversations.due(10, 1, 1_000_000)).toEqual([buildKey(1)]);
    await copyArchive(setting.storage, copy.storage);
    const { conversations } = copy.storage;
    expect(await conversations.nextDueAt()).toBe(10);
    expect(await conversations.due(20, 10, 50)).toEqual([buildKey(1), buildKey(2)]);
    expect(await (await copy.reopen()).conversations.nextDueAt()).toBeDefined();
  });

  it('takes no turn in twice that the original has taken in', async () => {
    const key = buildKey();
    const turn = (storage: Storage, once: string) =>
      storage.conversations.turn(
        key,
        (document = buildDocument({ key, turns: 0 })) => commits({ ...document, turns: document.turns + 1 }),
        { once },
      );
    await turn(setting.storage, 'SM1');
    await turn(setting.storage, 'SM2');
    await copyArchive(setting.storage, copy.storage, 1);
    for (const once of ['SM1', 'SM2']) expect(await turn(copy.storage, once)).toEqual({ kind: 'duplicate' });
    await copy.reopen();
    expect(await turn(copy.storage, 'SM1')).toEqual({ kind: 'duplicate' });
    expect(await turn(copy.storage, 'SM3')).toMatchObject({ kind: 'done' });
    expect((await copy.storage.conversations.get(key))?.turns).toBe(3);
  });

  it('moves messages, finds them by the provider’s id, and counts on', async () => {
    const sent = buildMessage({ id: 'm', direction: 'outbound', status: 'sent', providerId: 'SM1', at: 3 });
    await store(setting, [sent]);
    await setting.storage.erase(sent.theirs);
    await store(setting, [{ ...sent, id: 'n' as never }]);
    await copyArchive(setting.storage, copy.storage);
    const { messages } = copy.storage;
    expect(await messages.getByProviderId('SM1')).toMatchObject({ id: 'n' });
    await messages.applyStatus('n' as never, buildUpdate('delivered'));
    const counts = async () => (await copy.storage.messages.totals()).map(({ status, count }) => [status, count]);
    expect((await counts()).sort()).toEqual([
      ['delivered', 1],
      ['sent', 1],
    ]);
    await store(copy, [buildMessage({ id: 'o' })]);
    await copy.reopen();
    expect((await counts()).sort()).toEqual([
      ['delivered', 1],
      ['received', 1],
      ['sent', 1],
    ]);
    expect(await refusal(store(copy, [buildMessage({ id: 'o' })]))).toMatchObject({
      code: 'error.platform.storage.failed',
    });
  });

  it('can erase and prune the copy', async () => {
    await fillStorage(setting.storage, setting.clock);
    await copyArchive(setting.storage, copy.storage);
    const before = await copy.storage.messages.totals();
    const { theirs } = buildDocument({ key: filledKey(1) });
    expect(await copy.storage.erase(theirs)).toEqual({ conversations: 1, messages: 2 });
    const all = { before: setting.clock.now(), mode: 'delete', what: 'messages', limit: 1_000 } as const;
    expect(await copy.storage.prune(all)).toMatchObject({ done: true });
    const left = (await copy.storage.messages.list({ limit: 100 })).messages;
    expect(new Set(left.map(({ status }) => status))).toEqual(new Set(['pending']));
    expect(await (await copy.reopen()).messages.totals()).toEqual(before);
  });
}
