import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromText, patternOf, searchable, toText } from './text.ts';

const anyString = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('\0', '\ud83d', '\udc4d', '\u0001json:', '"', 'a', '%', '_', '\\'))
    .map((parts) => parts.join('')),
);

describe('what a column can not hold', () => {
  it('is kept in another form, and comes back as it was', () => {
    fc.assert(
      fc.property(anyString, (value) => {
        const text = toText(value);
        expect(fromText(text)).toBe(value);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toContain('\0');
      }),
    );
  });

  it('keeps different strings apart', () => {
    fc.assert(
      fc.property(anyString, anyString, (one, other) => {
        expect(toText(one) === toText(other)).toBe(one === other);
      }),
    );
  });

  it('is found in its other form when it is searched for', () => {
    fc.assert(
      fc.property(anyString, fc.string(), fc.string(), (part, before, after) => {
        // Half a character at the edge would be made whole by what stands beside it.
        fc.pre(part.isWellFormed());
        expect(searchable(`${before}${part}${after}`)).toContain(searchable(part));
      }),
    );
  });

  it('leaves nothing in a pattern that stands for something else', () => {
    expect(patternOf('50% of_all\\')).toBe('%50\\% of\\_all\\\\%');
  });
});
