import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from './split-text.ts';

describe('splitText', () => {
  it('leaves a text that fits as it is', () => {
    expect(splitText('  as it is ', 20)).toEqual(['  as it is ']);
  });

  it('cuts at the ends of sentences', () => {
    expect(splitText('One is here. Two is there! Is three? Yes.', 27)).toEqual([
      'One is here. Two is there!',
      'Is three? Yes.',
    ]);
  });

  it('cuts at words where a sentence is too long, and inside of a word that is', () => {
    expect(splitText('a sentence without an end', 12)).toEqual(['a sentence', 'without an', 'end']);
    expect(splitText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('never cuts a character in two', () => {
    expect(splitText('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 10)).toEqual(['👩‍👩‍👧', '👩‍👩‍👧', '👩‍👩‍👧']);
  });

  it('loses nothing but white space, and no part is too long', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '. ', '! ', '\n', 'é', '日'), maxLength: 300 });
    fc.assert(
      fc.property(text, fc.integer({ min: 5, max: 60 }), (whole, limit) => {
        const parts = splitText(whole, limit);
        if (whole.length <= limit) expect(parts).toEqual([whole]);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
        expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
      }),
    );
  });
});
