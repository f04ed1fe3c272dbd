import type { Message } from '@parley/api';
import { describe, expect, it } from 'vitest';
import { hear, type Loaded, MOST_WAITING, NOTHING_HEARD, release, rowsOf, settle } from './feed.ts';

function text(id: string, patch: Partial<Message> = {}): Message {
  return {
    ...{ id, conversation: 'c', app: 'clinic', direction: 'outbound', ours: '+14155550100', theirs: '+14155550123' },
    ...{ text: `text ${id}`, media: [], origin: { kind: 'bot', bot: 'booking', version: '1', journey: 'j' } },
    ...{ category: 'conversational', at: Number(id), status: 'sent' },
    ...patch,
  };
}

function pageOf(messages: readonly Message[], more = true): Loaded {
  return { messages, ids: new Set(messages.map(({ id }) => id)), more };
}

const loaded = pageOf([text('30', { name: 'Ann' }), text('20'), text('10')]);
const ids = (messages: readonly Message[]) => messages.map(({ id }) => id);

describe('what has come by the stream', () => {
  it('stands on top, with the name of whom it goes to', () => {
    const feed = hear(NOTHING_HEARD, [text('40'), text('50')], { loaded, query: {}, hold: false });
    const rows = rowsOf(feed, { loaded, query: {} });
    expect(ids(rows)).toEqual(['50', '40', '30', '20', '10']);
  });

  it('moves the status of what is shown, and never back', () => {
    const news = [text('20', { status: 'delivered' }), text('10', { status: 'pending' })];
    const feed = hear(NOTHING_HEARD, news, { loaded, query: {}, hold: true });
    expect(rowsOf(feed, { loaded, query: {} }).map(({ status }) => status)).toEqual(['sent', 'delivered', 'sent']);
  });

  it('takes away what does not match any more, and puts in what does now', () => {
    const query = { status: 'sent' } as const;
    const news = [text('20', { status: 'delivered' }), text('25')];
    const feed = hear(NOTHING_HEARD, news, { loaded, query, hold: false });
    expect(ids(rowsOf(feed, { loaded, query }))).toEqual(['30', '25', '10']);
  });

  it('is left to the next page where it is older than all that is loaded', () => {
    const options = { query: {}, hold: false } as const;
    expect(hear(NOTHING_HEARD, [text('5')], { loaded, ...options }).heard.size).toBe(0);
    const all = pageOf(loaded.messages, false);
    expect(
      ids(rowsOf(hear(NOTHING_HEARD, [text('5')], { loaded: all, ...options }), { loaded: all, query: {} })),
    ).toEqual(['30', '20', '10', '5']);
  });
});

describe('while somebody reads further down', () => {
  it('new texts wait, and are shown when they are let in', () => {
    const feed = hear(NOTHING_HEARD, [text('40'), text('50')], { loaded, query: {}, hold: true });
    expect(ids(rowsOf(feed, { loaded, query: {} }))).toEqual(['30', '20', '10']);
    expect(feed.waiting.size).toBe(2);
    expect(ids(rowsOf(release(feed), { loaded, query: {} }))).toEqual(['50', '40', '30', '20', '10']);
  });

  it('those that do not match any more do not wait', () => {
    const options = { loaded, query: { status: 'sent' }, hold: true } as const;
    const feed = hear(hear(NOTHING_HEARD, [text('40')], options), [text('40', { status: 'delivered' })], options);
    expect(feed.waiting.size).toBe(0);
  });

  it('no more are kept than are of use', () => {
    const many = Array.from({ length: MOST_WAITING + 10 }, (_, index) => text(String(100 + index)));
    const feed = hear(NOTHING_HEARD, many, { loaded, query: {}, hold: true });
    expect([feed.waiting.size, feed.overflow]).toEqual([MOST_WAITING, true]);
  });
});

describe('when the pages have been asked for again', () => {
  it('forgets what is in them and what is older, and keeps what is newer than they are', () => {
    const news = [text('40'), text('50'), text('30', { status: 'delivered' })];
    const feed = hear(NOTHING_HEARD, news, { loaded, query: {}, hold: false });
    const again = pageOf([text('45'), text('40', { status: 'delivered' })]);
    expect([...settle(feed, again).heard.keys()]).toEqual(['50']);
  });
});
