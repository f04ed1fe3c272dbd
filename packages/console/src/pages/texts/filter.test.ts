import type { Message } from '@parley/api';
import { describe, expect, it } from 'vitest';
import { filterOf, matches, numberOf, queryOf } from './filter.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 30);

const message: Message = {
  ...{ id: 'm', conversation: 'c', app: 'clinic', direction: 'outbound', ours: '+14155550100', theirs: '+14155550123' },
  ...{ text: 'Your Appointment', media: [], origin: { kind: 'bot', bot: 'booking', version: '1', journey: 'j' } },
  ...{ category: 'conversational', at: NOW, status: 'sent' },
};

describe('a filter', () => {
  it('is read from the query string, without what makes no sense', () => {
    const search = new URLSearchParams(
      'app=clinic&status=lost&direction=outbound&theirs=%2B1+(415)+555-0123&since=x&until=9',
    );
    expect(filterOf(search)).toEqual({ app: 'clinic', direction: 'outbound', theirs: '+14155550123', until: 9 });
  });

  it('asks from a whole minute on for a span that ends now', () => {
    expect(queryOf(filterOf(new URLSearchParams('span=1h&since=5')), NOW)).toEqual({
      since: Date.UTC(2026, 10, 24, 11),
    });
  });

  it.each([
    ['+1 415 555 0123', '+14155550123'],
    ['72975', '72975'],
    ['whatsapp:+14155550123', 'whatsapp:+14155550123'],
    ['+1415', undefined],
    ['4155550123', undefined],
  ])('takes %s for %s', (typed, number) => {
    expect(numberOf(typed)).toBe(number);
  });

  it.each([
    [{}, true],
    [{ app: 'clinic', direction: 'outbound', status: 'sent' }, true],
    [{ app: 'shop' }, false],
    [{ status: 'failed' }, false],
    [{ theirs: '+14155550124' }, false],
    [{ bot: 'booking' }, true],
    [{ bot: 'other' }, false],
    [{ notification: 'booking' }, false],
    [{ code: '30003' }, false],
    [{ text: 'APPOINT' }, true],
    [{ text: 'disappoint' }, false],
    [{ code: '30003' }, false],
    [{ since: NOW }, true],
    [{ until: NOW }, false],
  ] as const)('%j matches a text: %s', (query, expected) => {
    expect(matches(message, query)).toBe(expected);
  });

  it('finds those that failed with a code, or without one', () => {
    const failed: Message = { ...message, status: 'failed', error: { code: '30003', reason: 'Out of reach.' } };
    expect(matches(failed, { code: '30003' })).toBe(true);
    expect(matches(failed, { code: '30007' })).toBe(false);
    expect(matches({ ...message, status: 'failed' }, { code: 'unknown' })).toBe(true);
  });

  it('finds no word of what is kept confidential', () => {
    expect(matches({ ...message, text: '', redacted: true }, { text: 'a' })).toBe(false);
  });
});
