import { type MessageId, mergeStatus, type StatusUpdate } from '@parley/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildDocument, buildKey, buildMessage, buildUpdate, commits } from '../records.ts';
import { present, refusal, type Setting } from './setting.ts';

/** What a provider says, and what it means. */
const REPORTS = [
  ['queued', 'sent'],
  ['sending', 'sent'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['read', 'delivered'],
] as const;

const update: fc.Arbitrary<StatusUpdate> = fc
  .record(
    {
      report: fc.constantFrom(...REPORTS),
      providerId: fc.constantFrom('SM1'),
      carrierDate: fc.constantFrom('2026-01-01', '2026-01-02'),
      code: fc.constantFrom('30003', '30007'),
      at: fc.nat(1_000),
    },
    { requiredKeys: ['report', 'at'] },
  )
  .map(({ report: [providerStatus, status], ...fields }) => buildUpdate(status, { providerStatus, ...fields }));

export function statusesContract(setting: Setting): void {
  single(setting);
  inTurns(setting);
  orders(setting);
}

const key = buildKey();
const message = buildMessage({ id: 'm', direction: 'outbound', at: 5 });

async function begin({ storage }: Setting): Promise<void> {
  await storage.conversations.turn(key, () => commits(buildDocument({ key }), { messages: [message] }));
}

function single(setting: Setting): void {
  it('moves a message and answers how it was and how it is', async () => {
    await begin(setting);
    const { messages } = setting.storage;
    const sent = buildUpdate('sent', { providerId: 'SM1', providerStatus: 'queued', at: 6 });
    const moved = await messages.applyStatus(message.id, sent);
    expect(moved).toEqual({ before: message, after: mergeStatus(message, sent) });
    expect(await messages.get(message.id)).toEqual(moved?.after);
    expect(await messages.getByProviderId('SM1')).toEqual(moved?.after);
  });

  it('answers the same object twice when nothing changes', async () => {
    await begin(setting);
    const { messages } = setting.storage;
    const delivered = buildUpdate('delivered');
    await messages.applyStatus(message.id, delivered);
    const again = await messages.applyStatus(message.id, delivered);
    expect(again?.after.status).toBe('delivered');
    expect(again?.after).toBe(again?.before);
  });

  it('answers nothing for a message that is not there', async () => {
    expect(await setting.storage.messages.applyStatus(message.id, buildUpdate('sent'))).toBeUndefined();
  });

  it('learns a provider id from an update that says nothing else', async () => {
    await begin(setting);
    const { messages } = setting.storage;
    await messages.applyStatus(message.id, buildUpdate('delivered'));
    await messages.applyStatus(message.id, buildUpdate('sent', { providerId: 'SM1' }));
    expect(await (await setting.reopen()).messages.getByProviderId('SM1')).toMatchObject({
      id: 'm',
      status: 'delivered',
    });
  });
}

function inTurns(setting: Setting): void {
  it('moves messages in the commit of a turn, those that it brings along included', async () => {
    await begin(setting);
    const { conversations, messages } = setting.storage;
    const fresh = buildMessage({ id: 'fresh', direction: 'outbound', at: 6 });
    const statuses = [
      { id: message.id, update: buildUpdate('sent', { providerId: 'SM1' }) },
      { id: fresh.id, update: buildUpdate('failed', { code: '30003' }) },
      { id: message.id, update: buildUpdate('delivered') },
    ];
    await conversations.turn(key, (document) => commits(present(document), { messages: [fresh], statuses }));
    const reopened = (await setting.reopen()).messages;
    expect(await reopened.getByProviderId('SM1')).toMatchObject({ id: 'm', status: 'delivered' });
    expect(await reopened.get(message.id)).toMatchObject({ history: [{ status: 'sent' }, { status: 'delivered' }] });
    expect(await reopened.get(fresh.id)).toMatchObject({ status: 'failed', error: { code: '30003' } });
    expect(messages).not.toBe(reopened);
  });

  it('drops statuses of messages that are unknown or of another conversation', async () => {
    await begin(setting);
    const { conversations, messages } = setting.storage;
    const statuses = [message.id, 'nobody' as MessageId].map((id) => ({ id, update: buildUpdate('sent') }));
    const other = buildKey(1);
    await conversations.turn(other, () => commits(buildDocument({ key: other }), { statuses }));
    expect(await messages.get(message.id)).toEqual(message);
    expect(await messages.get('nobody' as MessageId)).toBeUndefined();
  });

  it('moves nothing with a turn that throws', async () => {
    await begin(setting);
    const { conversations, messages } = setting.storage;
    await refusal(
      conversations.turn(key, () => {
        throw new Error('decide threw');
      }),
    );
    expect(await messages.get(message.id)).toEqual(message);
  });

  it('loses no update when turns and callbacks move one message at once', async () => {
    await begin(setting);
    const { conversations, messages } = setting.storage;
    const step = (providerStatus: string) => buildUpdate('sent', { providerStatus });
    await Promise.all([
      messages.applyStatus(message.id, step('queued')),
      conversations.turn(key, (document) =>
        commits(present(document), { statuses: [{ id: message.id, update: step('sending') }] }),
      ),
      messages.applyStatus(message.id, step('sent')),
    ]);
    const { history } = present(await messages.get(message.id));
    expect(history.map(({ providerStatus }) => providerStatus)).toEqual(['queued', 'sending', 'sent']);
  });
}

function orders(setting: Setting): void {
  it('ends where mergeStatus ends, in whatever order updates come and however often', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(update, { maxLength: 8 }), fc.boolean(), async (updates, atOnce) => {
        const { conversations, messages } = setting.storage;
        const record = buildMessage({ id: `m${round++}`, direction: 'outbound' });
        await conversations.turn(key, (document = buildDocument({ key })) => commits(document, { messages: [record] }));
        const apply = (one: StatusUpdate) => messages.applyStatus(record.id, one);
        if (atOnce) await Promise.all(updates.map(apply));
        else for (const one of updates) await apply(one);
        const expected = updates.reduce(mergeStatus, record);
        expect(await messages.get(record.id)).toEqual(expected);
        // Everything once more: the provider repeats itself.
        const repeated = updates.reduce(mergeStatus, expected);
        for (const one of updates) await apply(one);
        expect(await messages.get(record.id)).toEqual(repeated);
        expect(repeated.status).toBe(expected.status);
      }),
      { numRuns: 50 },
    );
    const counted = (await setting.storage.messages.totals()).reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(round);
  });
}
