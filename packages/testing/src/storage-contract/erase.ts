import type { Address, ConversationKey } from '@parley/core';
import { conversationKey } from '@parley/core';
import { expect, it } from 'vitest';
import { buildActivity, buildDocument, buildKey, buildMessage, buildUpdate, commits, OURS } from '../records.ts';
import { OTHER, type Setting } from './setting.ts';

const PERSON = '+14155560001';
const [anna, ben] = [buildKey(1), buildKey(2)];
const annaAtOther = buildKey(1, OTHER);
const annaOnWhatsapp = conversationKey(`whatsapp:${OURS}` as Address, `whatsapp:${PERSON}` as Address);
/** Begins with Anna's number, and is somebody else's. */
const longer = conversationKey(OURS, `${PERSON}9` as Address);
const ANNAS = [anna, annaAtOther, annaOnWhatsapp];
const OTHERS = [ben, longer];

export function eraseContract(setting: Setting): void {
  /** A conversation with all that there can be of it: two messages, activity, an id taken in, something due. */
  const begin = (key: ConversationKey) =>
    setting.storage.conversations.turn(
      key,
      () =>
        commits(buildDocument({ key, dueAt: 5, parked: [] }), {
          messages: [
            buildMessage({ id: `in ${key}`, conversation: key, providerId: `SMin ${key}`, text: 'secret' }),
            buildMessage({ id: `out ${key}`, conversation: key, direction: 'outbound', at: 1 }),
          ],
          activity: [buildActivity({ id: `a ${key}`, conversation: key, journey: `j ${key}` })],
        }),
      { once: 'SM1' },
    );
  const beginAll = () => Promise.all([...ANNAS, ...OTHERS].map(begin));

  /** What can be found of a conversation, by whichever way. */
  async function traces(key: ConversationKey): Promise<readonly unknown[]> {
    const { conversations, messages, activity } = setting.storage;
    const { theirs } = buildDocument({ key });
    const byPerson = await messages.list({ theirs, limit: 100 });
    const all = await messages.list({ limit: 100 });
    const byText = await messages.list({ text: 'secret', limit: 100 });
    const found: readonly unknown[] = [
      await conversations.get(key),
      (await conversations.list({ limit: 100 })).find((document) => document.key === key),
      (await conversations.list({ parked: true, limit: 100 })).find((document) => document.key === key),
      await messages.get(`in ${key}` as never),
      await messages.getByProviderId(`SMin ${key}`),
      ...(await messages.list({ conversation: key, limit: 100 })).messages,
      ...[byPerson, all, byText].flatMap((page) => page.messages.filter(({ conversation }) => conversation === key)),
      ...(await activity.list({ conversation: key, limit: 100 })).activity,
      ...(await activity.list({ journey: `j ${key}`, limit: 100 })).activity,
      (await activity.list({ limit: 100 })).activity.find(({ conversation }) => conversation === key),
    ];
    return found.filter((trace) => trace !== undefined);
  }

  it('deletes all that is kept of a person, at every number of ours and under every channel', async () => {
    await beginAll();
    expect(await setting.storage.erase(PERSON)).toEqual({ conversations: 3, messages: 6 });
    for (const key of ANNAS) expect(await traces(key)).toEqual([]);
    await setting.reopen();
    for (const key of ANNAS) expect(await traces(key)).toEqual([]);
    expect(await setting.storage.erase(PERSON)).toEqual({ conversations: 0, messages: 0 });
  });

  it('leaves everybody else as they were', async () => {
    await beginAll();
    const before = await Promise.all(OTHERS.map(traces));
    await setting.storage.erase(PERSON);
    expect(await Promise.all(OTHERS.map(traces))).toEqual(before);
    const due = await setting.storage.conversations.due(10, 10, 50);
    expect([...due].sort()).toEqual([...OTHERS].sort());
    await setting.reopen();
    expect(await Promise.all(OTHERS.map(traces))).toEqual(before);
  });

  it('leaves nothing due of what it erased, a lease that somebody has on it included', async () => {
    await begin(anna);
    await begin(annaAtOther);
    const { conversations } = setting.storage;
    await conversations.due(10, 1, 50);
    await setting.storage.erase(PERSON);
    expect(await conversations.nextDueAt()).toBeUndefined();
    expect(await conversations.due(100, 10, 200)).toEqual([]);
    expect(await (await setting.reopen()).conversations.nextDueAt()).toBeUndefined();
  });

  it('keeps totals, as they name nobody, and counts on from them', async () => {
    await beginAll();
    const sorted = async () =>
      (await setting.storage.messages.totals({ by: ['ours', 'day'] })).map((total) => JSON.stringify(total)).sort();
    const before = await sorted();
    const plain = await setting.storage.messages.totals();
    await setting.storage.erase(PERSON);
    expect(await sorted()).toEqual(before);
    await setting.reopen();
    expect(await sorted()).toEqual(before);
    expect(await setting.storage.messages.totals()).toEqual(plain);
    await setting.storage.conversations.turn(anna, () =>
      commits(buildDocument({ key: anna }), { messages: [buildMessage({ id: 'new', conversation: anna })] }),
    );
    const received = (await setting.storage.messages.totals()).find(({ status }) => status === 'received');
    expect(received?.count).toBe(6);
    expect((await (await setting.reopen()).messages.totals()).find(({ status }) => status === 'received')?.count).toBe(
      6,
    );
  });

  it('lets the person begin anew: without a document, and with ids that were taken in before', async () => {
    await begin(anna);
    await setting.storage.erase(PERSON);
    const seen: unknown[] = [];
    const turn = () =>
      setting.storage.conversations.turn(
        anna,
        (document) => {
          seen.push(document);
          const messages = [buildMessage({ id: 'new', conversation: anna, providerId: 'SMnew' })];
          return commits(document ?? buildDocument({ key: anna, turns: 1 }), { messages });
        },
        { once: 'SM1' },
      );
    expect(await turn()).toMatchObject({ kind: 'done' });
    expect(seen).toEqual([undefined]);
    await setting.reopen();
    expect(await turn()).toEqual({ kind: 'duplicate' });
    expect((await setting.storage.messages.list({ limit: 10 })).messages.map(({ id }) => id)).toEqual(['new']);
    expect(await setting.storage.activity.list({ limit: 10 })).toEqual({ activity: [] });
  });

  it('drops what a provider still has to say of a message that is gone', async () => {
    await begin(anna);
    await begin(ben);
    await setting.storage.erase(PERSON);
    const id = `out ${anna}` as never;
    expect(await setting.storage.messages.applyStatus(id, buildUpdate('sent'))).toBeUndefined();
    const statuses = [{ id, update: buildUpdate('sent') }];
    await setting.storage.conversations.turn(ben, (document = buildDocument({ key: ben })) =>
      commits(document, { statuses }),
    );
    expect(await traces(anna)).toEqual([]);
  });

  it('does not touch plugins’ own data and claims, and finds nobody of whom nothing is kept', async () => {
    await begin(ben);
    await setting.storage.keyv('consent').set(PERSON, { optedOut: true });
    await setting.storage.claim(PERSON, 'me', 1_000);
    expect(await setting.storage.erase(PERSON)).toEqual({ conversations: 0, messages: 0 });
    expect(await setting.storage.keyv('consent').get(PERSON)).toEqual({ optedOut: true });
    expect(await setting.storage.claim(PERSON, 'you', 1_000)).toBe('me');
  });

  it('erases a long conversation while turns of others go on', async () => {
    const { conversations } = setting.storage;
    for (let page = 0; page < 3; page++) {
      await conversations.turn(anna, (document = buildDocument({ key: anna })) =>
        commits(document, {
          messages: Array.from({ length: 200 }, (_, index) =>
            buildMessage({ id: `m${page}.${index}`, conversation: anna, at: page }),
          ),
        }),
      );
    }
    const turns = Array.from({ length: 50 }, (_, index) => setting.turn(buildKey(10 + index)));
    const [erased] = await Promise.all([setting.storage.erase(PERSON), ...turns]);
    expect(erased).toEqual({ conversations: 1, messages: 600 });
    expect(await conversations.list({ limit: 100 })).toHaveLength(50);
    expect((await setting.storage.messages.list({ limit: 1 })).messages).toEqual([]);
  });
}
