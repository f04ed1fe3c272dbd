import { describe, expect, it } from 'vitest';
import {
  type Address,
  address,
  conversationKey,
  isAddress,
  isNamed,
  maskAddress,
  maskKey,
  partiesOf,
} from './address.ts';
import { personOf } from './profiles.ts';

const service = `MG${'0'.repeat(32)}`;

describe('address', () => {
  it.each(['+14155550100', '72975', service, 'whatsapp:+14155550100', 'web:support', 'web:v7k2-m4'])(
    'takes %s',
    (value) => {
      expect(address(value)).toBe(value);
    },
  );

  it.each([
    '',
    '14155550177',
    '+0155550100',
    '+1415555010012345',
    '(415) 555-0100',
    `${service}0`,
    '+14155550100\n',
    'a/b',
    'support',
    'web:',
    'web:7',
    'web:7up',
    'web:Support',
    'web:a/b',
    'web:a b',
    'web:support\n',
    `web:${'a'.repeat(65)}`,
    'whatsapp:support',
    'web:web:support',
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

describe('a name on a channel without numbers', () => {
  it('is told from numbers', () => {
    const named = (value: string) => isNamed(address(value));
    expect(['web:support', 'web:mg1'].map(named)).toEqual([true, true]);
    expect(['+14155550100', '72975', service, 'whatsapp:72975'].map(named)).toEqual([false, false, false, false]);
  });

  it('is a person on that channel only, where a number is one on all', () => {
    expect(personOf('whatsapp:+14155550123')).toBe('+14155550123');
    expect(personOf('web:ann')).toBe('web:ann');
    expect(personOf('chat:ann')).toBe('chat:ann');
  });

  it('fits a conversation', () => {
    const parties = { ours: address('web:support'), theirs: address('web:v7k2m4') };
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
