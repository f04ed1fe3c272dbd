import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MessageRecord } from './message.ts';
import { rawOf } from './raw-report.ts';

const record = {
  id: 'm1',
  ours: '+14155550100',
  theirs: '+14155550123',
  text: 'Hello',
  providerId: 'SM1',
} as unknown as MessageRecord;

it('keeps what was reported, but not whom it is about and what it said', () => {
  const raw = {
    MessageSid: 'SM1',
    From: '+14155550100',
    To: '+14155550123',
    ChannelToAddress: '+1 (415) 555-0123',
    ChannelTo: 'whatsapp:+14155550123',
    Body: 'Hello',
    MessageStatus: 'undelivered',
    ErrorCode: '30003',
    RawDlrDoneDate: '2601061205',
  };
  expect(rawOf(raw, record)).toEqual({
    MessageStatus: 'undelivered',
    ErrorCode: '30003',
    RawDlrDoneDate: '2601061205',
  });
});

it('keeps no more than fits, and no number of the person, whatever is reported', () => {
  const value = fc.oneof(fc.string({ maxLength: 900 }), fc.constant('tel:14155550123'), fc.constant('+14155550123'));
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 20 }), value), (raw) => {
      const kept = rawOf(raw, record);
      expect(JSON.stringify(Object.values(kept)).replace(/\D/g, '')).not.toContain('14155550123');
      expect(Object.entries(kept).flat().join('').length).toBeLessThanOrEqual(2_000);
    }),
  );
});
