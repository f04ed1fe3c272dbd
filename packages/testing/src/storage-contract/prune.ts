import type { MessageRecord, Pruned, PruneRequest } from '@parley/core';
import { expect, it } from 'vitest';
import { buildActivity, buildDocument, buildKey, buildMessage, buildUpdate, commits } from '../records.ts';
import { store, walk } from './messages.ts';
import { present, type Setting } from './setting.ts';

const PICTURE = { url: 'https://example.com/secret.png', contentType: 'image/png' };

export function pruneContract(setting: Setting): void {
  messages(setting);
  settled(setting);
  activities(setting);
}

/** Prunes batch by batch until nothing is left. */
async function pruneAll({ storage }: Setting, request: Omit<PruneRequest, 'limit'>, limit = 2): Promise<number[]> {
  const batches: number[] = [];
  for (let pruned: Pruned | undefined; pruned?.done !== true; ) {
    pruned = await storage.prune({ ...request, limit });
    expect(pruned.rows).toBeLessThanOrEqual(limit);
    batches.push(pruned.rows);
    if (batches.length > 100) throw new Error('It never comes to an end.');
  }
  return batches;
}

const idsOf = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id);

function messages(setting: Setting): void {
  const six = () =>
    store(
      setting,
      [1, 2, 3, 4, 5, 6].map((at) =>
        buildMessage({
          id: `m${at}`,
          conversation: buildKey(at % 2),
          at,
          app: at === 3 ? 'school' : 'clinic',
          text: `secret ${at}`,
          media: [PICTURE],
          providerId: `SM${at}`,
        }),
      ),
    );
  const all = () => walk(setting, { limit: 10 });

  it('deletes what is older than a moment, oldest first, a batch at a time', async () => {
    await six();
    const { storage } = setting;
    const request = { before: 5, mode: 'delete', what: 'messages', limit: 2 } as const;
    expect(await storage.prune(request)).toEqual({ rows: 2, done: false });
    expect(idsOf(await all())).toEqual(['m6', 'm5', 'm4', 'm3']);
    expect(await storage.prune(request)).toEqual({ rows: 2, done: true });
    expect(idsOf(await all())).toEqual(['m6', 'm5']);
    expect(await storage.prune(request)).toEqual({ rows: 0, done: true });
    await setting.reopen();
    expect(idsOf(await all())).toEqual(['m6', 'm5']);
    expect(await setting.storage.messages.get('m1' as never)).toBeUndefined();
    expect(await setting.storage.messages.getByProviderId('SM1')).toBeUndefined();
    expect(idsOf(await walk(setting, { text: 'secret', limit: 10 }))).toEqual(['m6', 'm5']);
    expect(idsOf(await walk(setting, { conversation: buildKey(1), limit: 10 }))).toEqual(['m5']);
    expect(await setting.storage.conversations.list({ limit: 10 })).toHaveLength(2);
  });

  it('redacts text and media, and keeps the message and how it fared', async () => {
    await six();
    const before = await setting.storage.messages.get('m2' as never);
    expect(await pruneAll(setting, { before: 5, mode: 'redact', what: 'messages' })).toEqual([2, 2]);
    const redacted = { ...present(before), text: '', media: [] };
    expect(await setting.storage.messages.get('m2' as never)).toEqual(redacted);
    expect(await setting.storage.messages.getByProviderId('SM2')).toEqual(redacted);
    expect(idsOf(await all())).toEqual(['m6', 'm5', 'm4', 'm3', 'm2', 'm1']);
    expect(idsOf(await walk(setting, { text: 'secret', limit: 10 }))).toEqual(['m6', 'm5']);
    await setting.reopen();
    expect(await setting.storage.messages.get('m2' as never)).toEqual(redacted);
    expect(idsOf(await walk(setting, { text: 'secret', limit: 10 }))).toEqual(['m6', 'm5']);
  });

  it('does not count again what is redacted already, and finds what has become old since', async () => {
    await six();
    const redact = { mode: 'redact', what: 'messages' } as const;
    expect(await pruneAll(setting, { before: 4, ...redact })).toEqual([2, 1]);
    expect(await pruneAll(setting, { before: 4, ...redact })).toEqual([0]);
    expect(await pruneAll(setting, { before: 7, ...redact })).toEqual([2, 1]);
    await setting.reopen();
    expect(await pruneAll(setting, { before: 7, ...redact })).toEqual([0]);
    // A clock that was wrong, or an import: older than what was redacted before.
    await store(setting, [buildMessage({ id: 'late', at: 0 })]);
    expect(await pruneAll(setting, { before: 7, ...redact })).toEqual([1]);
    expect(await setting.storage.messages.get('late' as never)).toMatchObject({ text: '' });
  });

  it('redacts a text as it left, too', async () => {
    const sent = buildMessage({ id: 'sent', direction: 'outbound', text: '', sentText: 'secret', status: 'sent' });
    await store(setting, [sent]);
    expect(await setting.storage.messages.get('sent' as never)).toEqual(sent);
    expect(await pruneAll(setting, { before: 1, mode: 'redact', what: 'messages' })).toEqual([1]);
    const { sentText: _, ...redacted } = sent;
    expect(await setting.storage.messages.get('sent' as never)).toEqual(redacted);
    expect(await pruneAll(setting, { before: 1, mode: 'redact', what: 'messages' })).toEqual([0]);
  });

  it('redacts texts that are hard to keep', async () => {
    await store(setting, [
      buildMessage({ id: 'half', text: 'cut \ud83d off' }),
      buildMessage({ id: 'nul', text: '\u0000' }),
      buildMessage({ id: 'picture', text: '', media: [PICTURE] }),
    ]);
    expect(await pruneAll(setting, { before: 1, mode: 'redact', what: 'messages' })).toEqual([2, 1]);
    for (const message of await all()) expect(message).toMatchObject({ text: '', media: [] });
  });

  it('prunes one app without the others', async () => {
    await six();
    expect(await pruneAll(setting, { before: 7, mode: 'redact', what: 'messages', app: 'school' })).toEqual([1]);
    expect(idsOf(await walk(setting, { text: 'secret', limit: 10 }))).toEqual(['m6', 'm5', 'm4', 'm2', 'm1']);
    expect(await pruneAll(setting, { before: 7, mode: 'delete', what: 'messages', app: 'school' })).toEqual([1]);
    expect(await pruneAll(setting, { before: 7, mode: 'delete', what: 'messages', app: 'nobody' })).toEqual([0]);
    expect(idsOf(await all())).toEqual(['m6', 'm5', 'm4', 'm2', 'm1']);
  });

  it.each(['delete', 'redact'] as const)('keeps totals when it is told to %s', async (mode) => {
    await six();
    const query = { by: ['ours', 'day'] } as const;
    const before = await setting.storage.messages.totals(query);
    await pruneAll(setting, { before: 7, mode, what: 'messages' });
    expect(await setting.storage.messages.totals(query)).toEqual(before);
    expect(await (await setting.reopen()).messages.totals(query)).toEqual(before);
  });

  it('leaves conversations, what is due and ids that were taken in as they are', async () => {
    const { conversations } = setting.storage;
    const document = buildDocument({ dueAt: 9 });
    const once = { once: 'SM1' };
    await conversations.turn(buildKey(), () => commits(document, { messages: [buildMessage({ id: 'm' })] }), once);
    expect(await pruneAll(setting, { before: 5, mode: 'delete', what: 'messages' })).toEqual([1]);
    await setting.reopen();
    const reopened = setting.storage.conversations;
    expect(await reopened.get(buildKey())).toEqual(document);
    expect(await reopened.due(9, 10, 20)).toEqual([buildKey()]);
    expect(await reopened.turn(buildKey(), () => commits(document), once)).toEqual({ kind: 'duplicate' });
  });
}

function settled(setting: Setting): void {
  const outbound = (status: MessageRecord['status'], at: number) =>
    buildMessage({ id: status, direction: 'outbound', status, at });

  it.each(['delete', 'redact'] as const)('leaves messages that have not left yet: %s', async (mode) => {
    const pending = outbound('pending', 1);
    await store(setting, [pending, outbound('sent', 2), outbound('delivered', 3), outbound('failed', 4)]);
    expect(await pruneAll(setting, { before: 9, mode, what: 'messages' })).toEqual([2, 1]);
    expect(await setting.storage.messages.get(pending.id)).toEqual(pending);
    const { messages } = await setting.reopen();
    expect(await messages.get(pending.id)).toEqual(pending);
    await messages.applyStatus(pending.id, buildUpdate('sent', { at: 5 }));
    expect(await pruneAll(setting, { before: 9, mode, what: 'messages' })).toEqual([1]);
    const left = (await walk(setting, { limit: 10 })).map(({ text }) => text);
    expect(left).toEqual(mode === 'delete' ? [] : ['', '', '', '']);
  });

  it('moves a message that was redacted on, and brings its text not back', async () => {
    const sent = outbound('sent', 1);
    await store(setting, [sent]);
    await pruneAll(setting, { before: 9, mode: 'redact', what: 'messages' });
    const update = buildUpdate('delivered', { at: 5 });
    expect(await setting.storage.messages.applyStatus(sent.id, update)).toMatchObject({ after: { text: '' } });
    expect(await (await setting.reopen()).messages.get(sent.id)).toMatchObject({ status: 'delivered', text: '' });
    expect((await setting.storage.messages.totals()).map(({ status, count }) => [status, count])).toEqual([
      ['delivered', 1],
    ]);
  });

  it('deletes beside turns of the same conversation, and loses none of what they write', async () => {
    const key = buildKey();
    const write = (at: number) =>
      setting.storage.conversations.turn(key, (document = buildDocument({ key, turns: 0 })) =>
        commits({ ...document, turns: document.turns + 1 }, { messages: [buildMessage({ id: `m${at}`, at })] }),
      );
    for (let at = 0; at < 10; at++) await write(at);
    const prune = () => setting.storage.prune({ before: 10, mode: 'delete', what: 'messages', limit: 3 });
    await Promise.all([10, 11, 12, 13].flatMap((at) => [write(at), prune()]));
    await pruneAll(setting, { before: 10, mode: 'delete', what: 'messages' });
    const ids = async () => (await walk(setting, { limit: 20 })).map(({ at }) => at);
    expect(await ids()).toEqual([13, 12, 11, 10]);
    await setting.reopen();
    expect(await ids()).toEqual([13, 12, 11, 10]);
    expect((await setting.storage.conversations.get(key))?.turns).toBe(14);
    expect((await setting.storage.messages.totals())[0]?.count).toBe(14);
  });
}

function activities(setting: Setting): void {
  const key = buildKey();
  const five = () =>
    setting.storage.conversations.turn(key, () =>
      commits(buildDocument({ key }), {
        activity: [1, 2, 3, 4, 5].map((at) =>
          buildActivity({
            id: `a${at}`,
            at,
            journey: 'j',
            name: 'booked',
            app: at === 2 ? 'school' : 'clinic',
            ...(at === 3 ? {} : { data: { secret: at } }),
          }),
        ),
      }),
    );
  const list = async (query: { journey?: string } = {}) =>
    (await setting.storage.activity.list({ limit: 10, ...query })).activity;

  it('deletes activity, oldest first', async () => {
    await five();
    expect(await setting.storage.prune({ before: 4, mode: 'delete', what: 'activity', limit: 2 })).toEqual({
      rows: 2,
      done: false,
    });
    expect(idsOf(await list())).toEqual(['a5', 'a4', 'a3']);
    expect(await pruneAll(setting, { before: 4, mode: 'delete', what: 'activity' })).toEqual([1]);
    await setting.reopen();
    expect(idsOf(await list())).toEqual(['a5', 'a4']);
    expect(idsOf(await list({ journey: 'j' }))).toEqual(['a5', 'a4']);
  });

  it('redacts activity: keeps it without its data', async () => {
    await five();
    expect(await pruneAll(setting, { before: 5, mode: 'redact', what: 'activity' })).toEqual([2, 1]);
    await setting.reopen();
    const found = await list();
    expect(idsOf(found)).toEqual(['a5', 'a4', 'a3', 'a2', 'a1']);
    expect(found.map((record) => 'data' in record)).toEqual([true, false, false, false, false]);
    expect(found[1]).toEqual(buildActivity({ id: 'a4', at: 4, journey: 'j', name: 'booked' }));
    expect(await pruneAll(setting, { before: 5, mode: 'redact', what: 'activity' })).toEqual([0]);
  });

  it('prunes the activity of one app without the others, and no messages with it', async () => {
    await five();
    await store(setting, [buildMessage({ id: 'm', at: 1 })]);
    expect(await pruneAll(setting, { before: 9, mode: 'delete', what: 'activity', app: 'clinic' })).toEqual([2, 2]);
    expect(idsOf(await list())).toEqual(['a2']);
    expect(await pruneAll(setting, { before: 9, mode: 'delete', what: 'messages' })).toEqual([1]);
    expect(idsOf(await list())).toEqual(['a2']);
    expect(await pruneAll(setting, { before: 9, mode: 'delete', what: 'activity' })).toEqual([1]);
    expect(await list()).toEqual([]);
  });
}
