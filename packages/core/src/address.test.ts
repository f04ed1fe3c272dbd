import { describe, expect, it } from 'vitest';
import { type Address, address, conversationKey, isAddress, maskAddress, maskKey, partiesOf } from './address.ts';

const service = `MG${'0'.repeat(32)}`;

describe('address', () => {
  it.each(['+14155550100', '72975', service, 'whatsapp:+14155550100'])('takes %s', (value) => {
    expect(address(value)).toBe(value);
  });

  it.each([
    '',
    '14155550177',
    '+0155550100',
    '+1415555010012345',
    '(415) 555-0100',
    `${service}0`,
    '+14155550100\n',
    'a/b',
  ])('refuses %j, and does not repeat it', (value) => {
    expect(isAddress(value)).toBe(false);
    expect(() => address(value)).toThrow(/error.platform.address.malformed/);
    if (value.length > 4) expect(() => address(value)).not.toThrow(value);
  });
});

describe('conversationKey', () => {
  it('names both parties, who can be read from it', () => {
    const parties = { ours: 'whatsapp:+14155550100' as Address, theirs: 'whatsapp:+14155550123' as Address };
    expect(partiesOf(conversationKey(parties.ours, parties.theirs))).toEqual(parties);
  });
});

describe('masks', () => {
  it('leave the last four characters', () => {
    expect(maskAddress('+14155550100')).toBe('…0100');
    expect(maskAddress('7297')).toBe('…');
    expect(maskKey(conversationKey('+14155550100' as Address, '+14155550123' as Address))).toBe('…0100/…0123');
  });
});
