import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageRecord } from './message.ts';
import { mergeStatus, type StatusUpdate } from './status.ts';

const pending: MessageRecord = {
  id: 'm1' as MessageRecord['id'],
  conversation: '+14155550100/+14155550123' as MessageRecord['conversation'],
  app: 'app',
  direction: 'outbound',
  ours: '+14155550100' as MessageRecord['ours'],
  theirs: '+14155550123' as MessageRecord['theirs'],
  text: 'Hello',
  media: [],
  origin: { kind: 'app', why: 'otherwise' },
  category: 'conversational',
  at: 0,
  status: 'pending',
  history: [{ status: 'pending', at: 0, source: 'engine' }],
};

function update(status: StatusUpdate['status'], providerStatus?: string, fields: Partial<StatusUpdate> = {}) {
  const word = providerStatus === undefined ? {} : { providerStatus };
  return { status, ...word, at: 1, source: 'callback', providerId: 'SM1', ...fields } satisfies StatusUpdate;
}

const way = [
  update('pending', 'accepted'),
  update('pending', 'queued'),
  update('pending', 'sending'),
  update('sent', 'sent'),
  update('delivered', 'delivered'),
  update('delivered', 'read'),
];

const merged = (updates: readonly StatusUpdate[], start = pending) => updates.reduce(mergeStatus, start);

describe('mergeStatus', () => {
  it('ends at the furthest of all updates, in whatever order and however often they come', () => {
    const someOfTheWay = fc
      .subarray(way, { minLength: 1 })
      .chain((updates) =>
        fc.tuple(
          fc.constant(updates),
          fc.shuffledSubarray([...updates, ...updates, ...updates], { minLength: updates.length * 3 }),
        ),
      );
    fc.assert(
      fc.property(someOfTheWay, ([updates, order]) => {
        const last = updates.at(-1);
        expect(merged(order)).toMatchObject({ status: last?.status, providerStatus: last?.providerStatus });
      }),
    );
  });

  it('learns how the text had left, also from an answer that a report has overtaken', () => {
    const answer = update('pending', 'accepted', { source: 'send', sentText: 'Hello! Text STOP to end.' });
    for (const order of [
      [answer, update('delivered', 'delivered')],
      [update('delivered', 'delivered'), answer],
    ]) {
      const record = merged(order);
      expect(record).toMatchObject({ status: 'delivered', text: 'Hello', sentText: 'Hello! Text STOP to end.' });
      expect(JSON.stringify(record.history)).not.toContain('STOP');
    }
  });

  it.each([
    ['delivered', way.slice(1, 5)],
    ['read', way.slice(2)],
    ['undelivered', [...way.slice(1, 4), update('failed', 'undelivered', { code: '30003' })]],
    ['failed', [...way.slice(0, 3), update('failed', 'failed', { code: '30007' })]],
    [
      'undelivered and then delivered',
      [
        ...way.slice(1, 2),
        way[3] as StatusUpdate,
        update('failed', 'undelivered', { code: '30003', carrierDate: '2601051200' }),
        update('delivered', 'delivered', { carrierDate: '2601051201' }),
      ],
    ],
  ])('ends in the same in every order of all callbacks of a message that is %s, each twice', (_, updates) => {
    const ends = new Set<string>();
    let orders = 0;
    const visit = (record: MessageRecord, left: readonly number[]): void => {
      if (left.every((count) => count === 0)) {
        orders += 1;
        ends.add(`${record.status} ${record.providerStatus} ${record.error?.code}`);
        return;
      }
      for (const [index, count] of left.entries()) {
        if (count > 0) visit(mergeStatus(record, updates[index] as StatusUpdate), left.with(index, count - 1));
      }
    };
    visit(
      pending,
      updates.map(() => 2),
    );
    // The orders of four things, each there twice.
    expect(orders).toBe(2520);
    expect([...ends]).toHaveLength(1);
  });

  it('never moves a message backwards', () => {
    const any = [...way, update('failed', 'undelivered', { code: '30003' }), update('pending')];
    const rank = { received: 0, pending: 0, sent: 1, failed: 2, delivered: 3 };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...any)), (updates) => {
        let record = pending;
        for (const next of updates) {
          const after = mergeStatus(record, next);
          expect(rank[after.status]).toBeGreaterThanOrEqual(rank[record.status]);
          record = after;
        }
      }),
    );
  });

  it('answers with the same record when an update says nothing new', () => {
    const delivered = merged(way.slice(0, 5));
    for (const old of way.slice(0, 5)) expect(mergeStatus(delivered, old)).toBe(delivered);
  });

  it('learns the id of the provider from an update that says nothing else', () => {
    expect(mergeStatus(pending, update('pending', undefined, { providerId: 'SM9' }))).toEqual({
      ...pending,
      providerId: 'SM9',
    });
  });

  it('takes delivered after undelivered only when the date of the carrier is later', () => {
    const undelivered = merged([update('failed', 'undelivered', { code: '30003', carrierDate: '2601051200' })]);
    const delivered = (carrierDate?: string) =>
      mergeStatus(undelivered, update('delivered', 'delivered', carrierDate === undefined ? {} : { carrierDate }));
    expect(delivered('2601051201')).toMatchObject({ status: 'delivered' });
    expect(delivered('2601051201').error).toBeUndefined();
    expect(delivered('2601051159')).toBe(undelivered);
    expect(delivered()).toBe(undelivered);
  });

  it('keeps the code and the reason of a failure', () => {
    const failed = mergeStatus(pending, update('failed', 'undelivered', { code: '30006', reason: 'landline' }));
    expect(failed.error).toEqual({ code: '30006', reason: 'landline' });
  });

  it('is not held up by a word of the provider that is ahead of the status', () => {
    const found = mergeStatus(pending, update('pending', 'delivered', { source: 'find' }));
    expect(mergeStatus(found, update('delivered', 'delivered')).status).toBe('delivered');
  });
});
