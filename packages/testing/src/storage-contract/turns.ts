import type { ConversationDocument } from '@parley/core';
import { expect, it } from 'vitest';
import { buildActivity, buildDocument, buildKey, buildMessage, commits, OURS } from '../records.ts';
import { OTHER, present, refusal, type Setting } from './setting.ts';

export function turnsContract(setting: Setting): void {
  atomicity(setting);
  isolation(setting);
  listing(setting);
}

function atomicity(setting: Setting): void {
  const key = buildKey();

  it('gives the first turn no document and commits what it returns', async () => {
    const seen: unknown[] = [];
    const document = buildDocument({ key, turns: 7 });
    const outcome = await setting.storage.conversations.turn(key, (found) => {
      seen.push(found);
      return { ...commits(document), result: 'answer' };
    });
    expect(outcome).toEqual({ kind: 'done', result: 'answer' });
    expect(seen).toEqual([undefined]);
    expect(await setting.storage.conversations.get(key)).toEqual(document);
  });

  it('writes nothing for a turn without a commit', async () => {
    const { conversations } = setting.storage;
    expect(await conversations.turn(key, () => ({ result: 1 }))).toEqual({ kind: 'done', result: 1 });
    expect(await conversations.get(key)).toBeUndefined();
  });

  it('runs a hundred turns of one conversation one after another, in the order of the calls', async () => {
    const { conversations } = setting.storage;
    const counts = Array.from({ length: 100 }, () =>
      conversations.turn(key, (document = buildDocument({ key, turns: 0 })) => {
        const turns = document.turns + 1;
        return { ...commits({ ...document, turns }), result: turns };
      }),
    );
    const results = (await Promise.all(counts)).map((outcome) =>
      outcome.kind === 'done' ? outcome.result : 'duplicate',
    );
    expect(results).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect((await conversations.get(key))?.turns).toBe(100);
  });

  it('commits document, messages and activity of many conversations at once', async () => {
    const { conversations, messages, activity } = setting.storage;
    const indexes = Array.from({ length: 40 }, (_, index) => index);
    await Promise.all(
      indexes.map((index) => {
        const conversation = buildKey(index);
        return conversations.turn(conversation, () =>
          commits(buildDocument({ key: conversation, turns: index }), {
            messages: [buildMessage({ id: `m${index}`, conversation, at: index })],
            activity: [buildActivity({ id: `a${index}`, conversation, at: index })],
          }),
        );
      }),
    );
    for (const index of indexes) {
      const conversation = buildKey(index);
      expect((await conversations.get(conversation))?.turns).toBe(index);
      expect((await messages.list({ conversation, limit: 10 })).messages.map(({ id }) => id)).toEqual([`m${index}`]);
      expect((await activity.list({ conversation, limit: 10 })).activity.map(({ id }) => id)).toEqual([`a${index}`]);
    }
  });

  it('gives the error of a turn that throws to its caller alone, and leaves no trace of it', async () => {
    const { conversations, messages } = setting.storage;
    await setting.turn(key, { turns: 1 });
    const mistake = new Error('decide threw');
    const count = () =>
      conversations.turn(key, (document = buildDocument({ key })) =>
        commits({ ...document, turns: document.turns + 1 }),
      );
    const [, error, , other] = await Promise.all([
      count(),
      refusal(
        conversations.turn(key, (document) => {
          Object.assign(document ?? {}, { turns: 1_000 });
          throw mistake;
        }),
      ),
      count(),
      setting.turn(buildKey(1), { turns: 5 }),
    ]);
    expect(error).toBe(mistake);
    expect(other).toBeUndefined();
    expect((await conversations.get(key))?.turns).toBe(3);
    expect((await conversations.get(buildKey(1)))?.turns).toBe(5);
    expect((await messages.list({ limit: 10 })).messages).toEqual([]);
  });

  it('writes nothing of a turn that can not be written, and all of those beside it', async () => {
    const { conversations, messages, activity } = setting.storage;
    await conversations.turn(key, () => commits(buildDocument({ key }), { messages: [buildMessage({ id: 'taken' })] }));
    const before = await messages.totals();
    const [, error] = await Promise.all([
      setting.turn(buildKey(1), { turns: 11 }),
      refusal(
        conversations.turn(key, (document = buildDocument({ key })) =>
          commits(
            { ...document, turns: 99 },
            {
              messages: [buildMessage({ id: 'fresh', at: 1 }), buildMessage({ id: 'taken', at: 2 })],
              activity: [buildActivity({ id: 'a' })],
            },
          ),
        ),
      ),
      setting.turn(buildKey(2), { turns: 12 }),
    ]);
    expect(error).toMatchObject({ code: 'error.platform.storage.failed', cause: expect.any(Error) });
    expect((await conversations.get(key))?.turns).toBe(1);
    expect((await messages.list({ limit: 10 })).messages.map(({ id }) => id)).toEqual(['taken']);
    expect(await activity.list({ limit: 10 })).toEqual({ activity: [] });
    expect(await messages.totals()).toEqual(before);
    expect((await conversations.get(buildKey(1)))?.turns).toBe(11);
    expect((await conversations.get(buildKey(2)))?.turns).toBe(12);
  });

  it('refuses a document that is no JSON, and goes on', async () => {
    const { conversations } = setting.storage;
    const [error] = await Promise.all([
      refusal(conversations.turn(key, () => commits({ ...buildDocument({ key }), turns: 1n } as never))),
      setting.turn(buildKey(1)),
    ]);
    expect(error).toBeInstanceOf(Error);
    expect(await conversations.get(key)).toBeUndefined();
    expect(await conversations.get(buildKey(1))).toBeDefined();
  });

  it('has everything when it is opened again', async () => {
    const document = buildDocument({ key, turns: 3, dueAt: setting.clock.now() + 5 });
    const message = buildMessage({ id: 'm', text: 'still here', at: 4 });
    const record = buildActivity({ id: 'a', data: { deep: [1] } });
    await setting.storage.conversations.turn(key, () => commits(document, { messages: [message], activity: [record] }));
    const { conversations, messages, activity } = await setting.reopen();
    expect(await conversations.get(key)).toEqual(document);
    expect(await conversations.nextDueAt()).toBe(document.dueAt);
    expect(await messages.get(message.id)).toEqual(message);
    expect(await messages.totals()).toEqual([{ app: 'clinic', direction: 'inbound', status: 'received', count: 1 }]);
    expect(await activity.list({ limit: 1 })).toEqual({ activity: [record] });
  });
}

function isolation(setting: Setting): void {
  const key = buildKey();
  const spoil = (document: ConversationDocument | undefined) =>
    Object.assign(document?.actor ?? {}, { firstName: 'Mallory' });

  it('keeps what it has when a caller changes what it was given', async () => {
    const { conversations } = setting.storage;
    const document = buildDocument({ key });
    await conversations.turn(key, () => commits(document));
    spoil(document);
    spoil(await conversations.get(key));
    spoil((await conversations.list({ limit: 1 }))[0]);
    await conversations.turn(key, (found) => {
      spoil(found);
      return { result: undefined };
    });
    expect((await conversations.get(key))?.actor).toEqual({ address: document.theirs });
  });

  it('keeps messages and activity when a caller changes what it was given', async () => {
    const { conversations, messages, activity } = setting.storage;
    const message = buildMessage({ id: 'm' });
    const record = buildActivity({ id: 'a', data: { n: 1 } });
    await conversations.turn(key, () => commits(buildDocument({ key }), { messages: [message], activity: [record] }));
    Object.assign(message, { text: 'changed' });
    Object.assign((await messages.get(message.id)) ?? {}, { text: 'changed' });
    Object.assign((await messages.list({ limit: 1 })).messages[0] ?? {}, { text: 'changed' });
    Object.assign((await activity.list({ limit: 1 })).activity[0]?.data ?? {}, { n: 2 });
    Object.assign(record.data ?? {}, { n: 3 });
    expect((await messages.get(message.id))?.text).toBe('Hello');
    expect((await activity.list({ limit: 1 })).activity[0]?.data).toEqual({ n: 1 });
  });
}

function listing(setting: Setting): void {
  it('lists documents by key, page by page, of one app or all', async () => {
    const { conversations } = setting.storage;
    const keys = [4, 1, 3, 0, 2].map((index) => buildKey(index, index % 2 === 0 ? OURS : OTHER));
    await Promise.all(keys.map((key, index) => setting.turn(key, { app: index < 2 ? 'clinic' : 'school' })));
    const sorted = [...keys].sort();
    const first = await conversations.list({ limit: 2 });
    expect(first.map(({ key }) => key)).toEqual(sorted.slice(0, 2));
    const rest = await conversations.list({ after: present(first[1]).key, limit: 10 });
    expect(rest.map(({ key }) => key)).toEqual(sorted.slice(2));
    const clinic = await conversations.list({ app: 'clinic', limit: 10 });
    expect(clinic.map(({ key }) => key)).toEqual(keys.slice(0, 2).sort());
    const after = await conversations.list({ app: 'clinic', after: present(clinic[0]).key, limit: 10 });
    expect(after.map(({ key }) => key)).toEqual([present(clinic[1]).key]);
    expect(await conversations.list({ app: 'nobody', limit: 10 })).toEqual([]);
  });

  it('lists a conversation under the app that it has moved to', async () => {
    await setting.turn(buildKey(), { app: 'clinic' });
    await setting.turn(buildKey(), { app: 'school' });
    expect(await setting.storage.conversations.list({ app: 'clinic', limit: 1 })).toEqual([]);
    expect(await setting.storage.conversations.list({ app: 'school', limit: 1 })).toHaveLength(1);
  });
}
