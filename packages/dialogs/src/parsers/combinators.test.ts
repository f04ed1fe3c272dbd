import { describe, expect, expectTypeOf, it } from 'vitest';
import { anything, checked, choice, firstOf, mapped, matching, number, type Parser, yesOrNo } from './index.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

describe('mapped', () => {
  it('makes values into others and leaves problems alone', () => {
    const inches = mapped(number(), (feet) => `${feet * 12} in`);
    expectTypeOf(inches).toEqualTypeOf<Parser<string>>();
    expect(inches('two', person)).toEqual({ understood: true, value: '24 in' });
    expect(inches('x', person)).toEqual({ understood: false, problem: { code: 'not-a-number' } });
  });
});

describe('checked', () => {
  const even = checked(number(), (value) => (value % 2 === 0 ? undefined : 'odd'));
  const known = checked(number(), (value, { country }) =>
    value < 3 ? undefined : { code: 'unknown', details: { country } },
  );

  it('refuses by a code, or by a code with details', () => {
    expect(even('2', person)).toEqual({ understood: true, value: 2 });
    expect(even('3', person)).toEqual({ understood: false, problem: { code: 'odd' } });
    expect(even('x', person)).toMatchObject({ problem: { code: 'not-a-number' } });
    expect(known('4', person)).toEqual({ understood: false, problem: { code: 'unknown', details: { country: 'US' } } });
  });
});

describe('firstOf', () => {
  const guests = firstOf(number({ min: 1 }), yesOrNo(), choice(['later', 'never again']));

  it('has the value of the first that understands, and the problem of the first', () => {
    expectTypeOf(guests).toEqualTypeOf<Parser<number | boolean | 'later' | 'never again'>>();
    expect(guests('3', person)).toEqual({ understood: true, value: 3 });
    expect(guests('yes', person)).toEqual({ understood: true, value: true });
    expect(guests('later', person)).toEqual({ understood: true, value: 'later' });
    expect(guests('0', person)).toEqual({ understood: false, problem: { code: 'too-low', details: { min: 1 } } });
  });
});

describe('anything', () => {
  it('takes any text, without the white space around it', () => {
    expect(anything()('  Ring twice,\nplease ', person)).toEqual({ understood: true, value: 'Ring twice,\nplease' });
    expect(anything()(' \n ', person)).toEqual({ understood: false, problem: { code: 'empty' } });
    expect(anything({ minLength: 0 })('', person)).toEqual({ understood: true, value: '' });
  });

  it('counts as people do', () => {
    const parser = anything({ minLength: 2, maxLength: 3 });
    expect(parser('👨‍👩‍👧', person)).toEqual({
      understood: false,
      problem: { code: 'too-short', details: { minLength: 2 } },
    });
    expect(parser('abcd', person)).toEqual({
      understood: false,
      problem: { code: 'too-long', details: { maxLength: 3 } },
    });
    expect(() => anything({ minLength: 3, maxLength: 2 })).toThrow(/minLength/);
  });
});

describe('matching', () => {
  it('gives what matched, and its groups', () => {
    const order = matching(/\b(?<letter>[A-Z])?(?<number>\d{6})\b/g);
    expect(order('it’s 123456', person)).toEqual({
      understood: true,
      value: { text: '123456', groups: { number: '123456' } },
    });
    expect(order('A123456', person)).toMatchObject({ value: { groups: { letter: 'A', number: '123456' } } });
    expect(order('12345', person)).toEqual({ understood: false, problem: { code: 'no-match' } });
  });
});
