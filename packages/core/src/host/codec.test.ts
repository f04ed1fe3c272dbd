import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, type Encoded, encode } from './codec.ts';

/** What a storage does to a document. */
function stored<Value>(encoded: Encoded<Value>): Encoded<Value> {
  return JSON.parse(JSON.stringify(encoded)) as Encoded<Value>;
}

const key = fc.string().filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));

const special = fc.oneof(
  fc.constant(undefined),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0),
  fc.constant(/a.b/gi),
);

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    special,
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
    fc.array(fc.tuple(fc.string(), tie('value'))).map((entries) => new Map(entries)),
    fc.array(fc.string()).map((items) => new Set(items)),
  ),
}));

describe('encode and decode', () => {
  it('give back whatever they were given, through a storage', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(decode(stored(encode({ value })))).toEqual({ value });
        expect(Object.hasOwn(decode(stored(encode({ value }))), 'value')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('leave plain JSON as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        fc.pre(!JSON.stringify(value).includes('-0') && !hasNegativeZero(value));
        expect(encode(value)).toEqual({ json: value });
      }),
    );
  });

  it('make JSON of the fields of an instance', () => {
    class Slot {
      readonly day = 'Monday';
      readonly at = 9;
    }
    expect(stored(encode({ slot: new Slot() })).json).toEqual({ slot: { day: 'Monday', at: 9 } });
  });

  it.each([
    ['a circle in an instance', circular()],
    ['a BigInt in an instance', Object.assign(Object.create({ from: 'a class' }), { big: 1n })],
  ])('throw at %s instead of leaving it to whoever writes it', (_, value) => {
    expect(() => encode({ value })).toThrow(TypeError);
  });
});

function circular(): object {
  class Socket {
    self: unknown;
  }
  const socket = new Socket();
  socket.self = socket;
  return socket;
}

function hasNegativeZero(value: unknown): boolean {
  if (Object.is(value, -0)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNegativeZero);
}
