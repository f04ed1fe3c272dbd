import { type MessageRecord, mergeStatus, type StatusUpdate } from '@parley/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { twilioStatuses } from './statuses.ts';
import { ACCOUNT, contextOf, OURS, outgoing, signedRequest, THEIRS, TOKEN } from './test-support.ts';
import { twilio } from './transport.ts';

const transport = twilio({ accountSid: ACCOUNT, authToken: TOKEN });
beforeAll(() => transport.open(contextOf()));
afterAll(() => transport.close());

const SID = `SM${'b'.repeat(32)}`;

function report(MessageStatus: string, extra: Record<string, string> = {}, path = '/status?message=m-1') {
  const request = signedRequest(path, { MessageSid: SID, MessageStatus, AccountSid: ACCOUNT, ...extra });
  transport.webhooks.verify(request);
  const { statuses, reply } = transport.webhooks.parse(request);
  expect(reply).toEqual({ status: 204 });
  const [first] = statuses;
  if (first === undefined) throw new Error('There is no status');
  return first;
}

describe('a status callback', () => {
  it.each([
    ['scheduled', 'pending'],
    ['accepted', 'pending'],
    ['queued', 'pending'],
    ['sending', 'pending'],
    ['sent', 'sent'],
    ['partially_delivered', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
    ['a-word-of-tomorrow', 'pending'],
  ])('%s means %s', (word, status) => {
    expect(report(word).update).toMatchObject({ status, providerStatus: word, providerId: SID, source: 'callback' });
  });

  it('names our message where the callback carries its id', () => {
    expect(report('sent').messageId).toBe('m-1');
    expect(report('sent', {}, '/status').messageId).toBeUndefined();
    expect(report('sent', {}, '/status?message=').messageId).toBeUndefined();
    expect(report('sent', {}, `/status?message=${'x'.repeat(200)}`).messageId).toBeUndefined();
    expect(report('sent', {}, '/status?message=a%2Fb').messageId).toBe('a/b');
  });

  it('says why a message failed', () => {
    expect(report('undelivered', { ErrorCode: '30003' }).update).toMatchObject({
      code: '30003',
      reason: 'The handset is off or out of reach.',
    });
    expect(report('failed', { ErrorCode: '39999' }).update).toMatchObject({ code: '39999' });
    expect(report('canceled').update).toMatchObject({ code: 'canceled', reason: 'It was canceled at Twilio.' });
    expect(report('delivered', { ErrorCode: '0' }).update).not.toHaveProperty('code');
  });

  it('is refused without a status or an id', () => {
    for (const parameters of [{ MessageSid: SID }, { MessageStatus: 'sent' }] as Record<string, string>[]) {
      expect(() => transport.webhooks.parse(signedRequest('/status', parameters))).toThrow(
        'error.platform.webhook.malformed',
      );
    }
  });

  it('reads the older names of the parameters', () => {
    const request = signedRequest('/status', { MessageSid: SID, SmsStatus: 'sent' });
    expect(transport.webhooks.parse(request).statuses[0]?.update.status).toBe('sent');
  });
});

describe('statuses in the wrong order', () => {
  const { id, createdAt } = outgoing();
  const sent: MessageRecord = {
    id,
    conversation: `${OURS}/${THEIRS}` as MessageRecord['conversation'],
    app: 'clinic',
    direction: 'outbound',
    ours: OURS,
    theirs: THEIRS,
    text: 'Hello',
    media: [],
    origin: { kind: 'person', name: 'Ada' },
    category: 'conversational',
    at: createdAt,
    status: 'pending',
    history: [],
  };
  const apply = (words: readonly (readonly [string, Record<string, string>?])[]) =>
    words.reduce((record, [word, extra]) => mergeStatus(record, report(word, extra).update as StatusUpdate), sent);

  it('never move a message back, in any order and however often', () => {
    const way = ['accepted', 'queued', 'sending', 'sent', 'delivered'];
    for (const order of permutations(way)) {
      const end = apply([...order, ...order].map((word) => [word] as const));
      expect([end.status, end.providerStatus, end.providerId]).toEqual(['delivered', 'delivered', SID]);
    }
  });

  it('keep the first outcome, unless the carrier itself says later that it was delivered', () => {
    const lost = { ErrorCode: '30003', RawDlrDoneDate: '2611231200' };
    expect(apply([['undelivered', lost], ['delivered']]).status).toBe('failed');
    expect(
      apply([
        ['undelivered', lost],
        ['delivered', { RawDlrDoneDate: '2611231159' }],
      ]).status,
    ).toBe('failed');
    const found = apply([
      ['undelivered', lost],
      ['delivered', { RawDlrDoneDate: '2611231202' }],
    ]);
    expect(found.status).toBe('delivered');
    expect(found.error).toBeUndefined();
    expect(
      apply([
        ['delivered', { RawDlrDoneDate: '2611231200' }],
        ['undelivered', { ErrorCode: '30003', RawDlrDoneDate: '2611231203' }],
      ]).status,
    ).toBe('delivered');
  });

  it('let a receipt of reading follow the delivery', () => {
    expect(apply([['read'], ['delivered'], ['sent']])).toMatchObject({ status: 'delivered', providerStatus: 'read' });
  });

  it('are all ranked by the core: each word of the way moves a message on', () => {
    const words = Object.keys(twilioStatuses).filter((word) => !['received', 'receiving', 'scheduled'].includes(word));
    for (const word of words) expect(apply([[word]]).providerStatus).toBe(word);
  });
});

function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
