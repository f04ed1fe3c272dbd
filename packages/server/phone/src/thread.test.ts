import { describe, expect, it } from 'vitest';
import { answered, caughtUp, type Thread, told, typed, unsent, withdrawn } from './thread.ts';
import type { PhoneMessage } from './types.ts';

const message = (fields: Partial<PhoneMessage>): PhoneMessage => ({
  id: 'SM1',
  app: 'clinic',
  phone: '+14155550142',
  direction: 'outbound',
  text: 'Hi',
  media: [],
  at: 1_000,
  status: 'queued',
  ...fields,
});
const statuses = (thread: Thread) => thread.map(({ status }) => status);
const draft = { key: 'typed-1', text: 'BOOK', media: [], at: 500 };

describe('a thread', () => {
  it('moves a message forward and never back, in whatever order its statuses come', () => {
    const thread = ['sending', 'delivered', 'sent', 'queued'].reduce<Thread>(
      (now, status) => told(now, message({ status })),
      [],
    );
    expect(statuses(thread)).toEqual(['delivered']);
    expect(statuses(told(thread, message({ status: 'read' })))).toEqual(['read']);
  });

  it('lets a late delivery undo a failure, code and all', () => {
    const failed = told([], message({ status: 'undelivered', code: '30003' }));
    expect(failed[0]).toMatchObject({ status: 'undelivered', code: '30003' });
    const [delivered] = told(failed, message({ status: 'delivered' }));
    expect(delivered?.status).toBe('delivered');
    expect(delivered).not.toHaveProperty('code');
  });

  it('keeps the order of time', () => {
    const thread = caughtUp(
      [],
      [message({ id: 'b', at: 2 }), message({ id: 'a', at: 1 }), message({ id: 'c', at: 3 })],
    );
    expect(thread.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('knows a typed text again, whether the news or the answer is first', () => {
    const news = message({ id: 'SM9', direction: 'inbound', text: 'BOOK', status: 'received', at: 510 });
    const answer = { id: 'SM9', answered: 200 };
    const newsFirst = answered(told(typed([], draft), news), 'typed-1', answer);
    const answerFirst = told(answered(typed([], draft), 'typed-1', answer), news);
    for (const thread of [newsFirst, answerFirst]) {
      expect(thread).toHaveLength(1);
      expect(thread[0]).toMatchObject({ key: 'typed-1', id: 'SM9', side: 'mine', status: 'received', at: 510 });
    }
  });

  it('is sending until the webhook has answered, and says when it refused', () => {
    const sending = told(
      typed([], draft),
      message({ id: 'SM9', direction: 'inbound', text: 'BOOK', status: 'received' }),
    );
    expect(statuses(sending)).toEqual(['posting']);
    const [refused] = answered(sending, 'typed-1', { id: 'SM9', answered: 403 });
    expect(refused).toMatchObject({ status: 'refused', code: '403' });
    const news = message({ id: 'SM9', direction: 'inbound', text: 'BOOK', status: 'received' });
    expect(statuses(told([refused!], news))).toEqual(['refused']);
    expect(answered(typed([], draft), 'typed-1', { id: 'x', answered: 0 })[0]).toMatchObject({ code: 'no answer' });
  });

  it('keeps two equal texts apart', () => {
    const two = typed(typed([], draft), { ...draft, key: 'typed-2' });
    const news = (id: string) => message({ id, direction: 'inbound', text: 'BOOK', status: 'received', at: 500 });
    const thread = told(told(two, news('SM1')), news('SM2'));
    expect(thread.map(({ key, id }) => [key, id])).toEqual([
      ['typed-1', 'SM1'],
      ['typed-2', 'SM2'],
    ]);
  });

  it('keeps a text that did not get to the server until it is taken back', () => {
    const failed = caughtUp(unsent(typed([], draft), 'typed-1', 'gone'), [message({})]);
    expect(statuses(failed)).toEqual(['unsent', 'queued']);
    expect(statuses(withdrawn(failed, 'typed-1'))).toEqual(['queued']);
  });
});
