import { describe, expect, it } from 'vitest';
import { address } from './address.ts';
import { defineApp } from './app.ts';
import { carrierRate } from './pace.ts';

describe('the pace of a sender', () => {
  it('is what carriers allow', () => {
    expect(carrierRate(address('+14155550100'))).toBe(1);
    expect(carrierRate(address('+18005550100'))).toBe(3);
    expect(carrierRate(address('12345'))).toBe(10);
    expect(carrierRate(address('whatsapp:+14155550100'))).toBe(80);
    expect(carrierRate(address('web:support'))).toBeUndefined();
    expect(carrierRate(address(`MG${'0'.repeat(32)}`))).toBeUndefined();
  });

  it('holds for published apps, unless they say otherwise, and for no preview', () => {
    const app = { id: 'app', number: '+14155550100' };
    expect(defineApp({ ...app, mode: 'published' }).pace).toEqual({ perSecond: 1, perDay: undefined });
    expect(defineApp({ ...app, mode: 'published', pace: { perSecond: 5, perDay: 9 } }).pace).toEqual({
      perSecond: 5,
      perDay: 9,
    });
    expect(defineApp(app).pace.perSecond).toBeUndefined();
  });
});
