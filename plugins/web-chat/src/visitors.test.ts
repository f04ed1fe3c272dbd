import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokens } from './visitors.ts';

const tokens = createTokens(['a secret of thirty-two characters']);

describe('tokens', () => {
  it('say whose they are, and no two visitors are one', () => {
    const given = Array.from({ length: 100 }, () => tokens.welcome('support'));
    for (const { visitor, token } of given) {
      expect(visitor.address).toMatch(/^web:v[0-9a-z]{26}$/);
      expect(tokens.read(token)).toEqual(visitor);
    }
    expect(new Set(given.map(({ visitor }) => visitor.address)).size).toBe(100);
  });

  it('count for nobody once anything in them is changed', () => {
    const { token } = tokens.welcome('support');
    const changed = fc.tuple(fc.nat(token.length - 1), fc.constantFrom(...'ab01.-_Z'));
    fc.assert(
      fc.property(changed, ([at, character]) => {
        const other = token.slice(0, at) + character + token.slice(at + 1);
        // The last character of a signature has two bits to spare.
        fc.pre(other !== token && at < token.length - 1);
        expect(tokens.read(other)).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.string(), (nonsense) => tokens.read(nonsense) === undefined));
  });
});
