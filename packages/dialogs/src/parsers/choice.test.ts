import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { choice } from './choice.ts';
import type { OptionId } from './choice-options.ts';
import { choices } from './choices.ts';
import type { Parser } from './parser.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

const size = choice({ small: ['s'], large: ['l', 'big'], extraLarge: { label: 'Extra large', matches: ['xl', '🐘'] } });

function read<Value>(parser: Parser<Value>, text: string, locale = person.locale): unknown {
  const parsed = parser(text, { ...person, locale });
  return parsed.understood ? parsed.value : parsed.problem.code;
}

describe('choice', () => {
  it.each([
    ['2', 'large'],
    ['2.', 'large'],
    ['#2', 'large'],
    ['(2)', 'large'],
    ['two', 'large'],
    ['the second', 'large'],
    ['2nd', 'large'],
    ['number 2 please', 'large'],
    ['option 2', 'large'],
    ['2️⃣', 'large'],
    ['②', 'large'],
    ['last', 'extraLarge'],
    ['1️⃣', 'small'],
    ['b', 'large'],
    ['B)', 'large'],
    ['option b', 'large'],
    ['a', 'small'],
    ['A.', 'small'],
    ['option a', 'small'],
    ['🅰️', 'small'],
    ['large', 'large'],
    ['LARGE!', 'large'],
    ['l', 'large'],
    ['BIG', 'large'],
    ['xl', 'extraLarge'],
    ['Extra Large', 'extraLarge'],
    ['extra-large', 'extraLarge'],
    ['🐘', 'extraLarge'],
    ["I'd like the large one please", 'large'],
    ['give me a big one', 'large'],
    ['the extra large one', 'extraLarge'],
    ['large, not small', 'large'],
    ['no I want the large one', 'large'],
    ['no, the small one', 'small'],
    ['2 - large', 'large'],
    ['extra', 'extraLarge'],
    ['extr', 'extraLarge'],
    ['lrage', 'large'],
    ['smal', 'small'],
    ['smalll', 'small'],
    ['lsrge', 'large'],
    ['extra lagre', 'extraLarge'],
    ['  large\n\nSent from my iPhone', 'large'],
  ])('understands %j as %s', (text, id) => expect(read(size, text)).toBe(id));

  it.each([
    ['medium', 'not-a-choice'],
    ['hello there', 'not-a-choice'],
    ['', 'not-a-choice'],
    ['???', 'not-a-choice'],
    ['I smell gas', 'not-a-choice'],
    ['bog', 'not-a-choice'],
    ['7', 'no-such-number'],
    ['0', 'no-such-number'],
    ['large or small', 'ambiguous'],
    ['2) small', 'ambiguous'],
    ['not the large one', 'excluded'],
  ])('does not understand %j: %s', (text, code) => expect(read(size, text)).toBe(code));

  it('says between which options a text is, and how many there are', () => {
    expect(size('small or large', person)).toMatchObject({ problem: { details: { between: ['small', 'large'] } } });
    expect(size('7', person)).toMatchObject({ problem: { details: { highest: 3 } } });
    expect(size('not the large one', person)).toMatchObject({ problem: { details: { ids: ['large'] } } });
  });

  it('asks again rather than guess where a number is a place and a name', () => {
    const people = choice(['2 people', '4 people', '6 people']);
    expect(people('2', person)).toMatchObject({
      problem: { code: 'ambiguous', details: { between: ['4 people', '2 people'] } },
    });
    expect(read(people, '1')).toBe('2 people');
    expect(read(people, '6')).toBe('6 people');
    expect(read(people, 'six')).toBe('6 people');
    expect(read(people, '2 people')).toBe('2 people');
    expect(read(choice({ cash: ['2'], card: ['1'] }), '1')).toBe('card');
  });

  it('knows options by a part of their names, and by what differs', () => {
    const pizza = choice(['Pepperoni pizza', 'Margherita pizza', 'Mac & cheese']);
    expect(read(pizza, 'peperoni')).toBe('Pepperoni pizza');
    expect(read(pizza, 'margarita pizza')).toBe('Margherita pizza');
    expect(read(pizza, 'marg')).toBe('Margherita pizza');
    expect(read(pizza, 'mac and cheese')).toBe('Mac & cheese');
    expect(read(pizza, 'pizza')).toBe('ambiguous');
  });

  it('takes a word that is said all the time for an option only where nothing else is said', () => {
    const answer = choice({ yes: ['y'], no: ['n'] });
    expect(read(answer, 'no thanks')).toBe('no');
    expect(read(answer, 'I have no preference')).toBe('not-a-choice');
  });

  it('never takes a word of three letters or fewer for another', () => {
    const pans = choice(['pan', 'can', 'ham']);
    for (const text of ['fan', 'pam', 'hm', 'cam', 'pa']) expect(read(pans, text)).toBe('not-a-choice');
    expect(read(choice(['nine', 'none']), 'nice')).toBe('not-a-choice');
  });

  it.each([
    ['es', 'el segundo', 'large'],
    ['es', 'la grande por favor', 'large'],
    ['es', 'opción 2', 'large'],
    ['es', 'dos', 'large'],
    ['es', 'pequena', 'small'],
    ['fr', 'le deuxième', 'large'],
    ['fr', 'la petite', 'small'],
    ['de', 'die zweite bitte', 'large'],
    ['de', 'Nummer zwei', 'large'],
    ['de', 'nicht groß', 'excluded'],
    ['pt', 'a segunda', 'large'],
    ['pt', 'não quero a grande', 'excluded'],
    ['es', 'the second', 'large'],
  ])('understands in %s %j as %s', (locale, text, id) => {
    expect(read(choice({ small: ['pequeña', 'petite', 'klein'], large: ['grande', 'groß'] }), text, locale)).toBe(id);
  });

  it('refuses options that cannot be', () => {
    expect(() => choice([])).toThrow(/no options/);
    expect(() => choice([{ id: 'a' }, { id: 'a' }])).toThrow(/two options have the id a/);
  });

  it('understands every id, label, match and place of options whose names differ', () => {
    const word = fc.stringMatching(/^[b-hj-z]{4,9}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 12 }), fc.nat(), (names, pick) => {
        const ids = names.filter((_, index) => index % 2 === 0);
        const options = ids.map((id, index) => ({ id, matches: names.filter((_, other) => other === index * 2 + 1) }));
        const parser = choice(options);
        const meant = options[pick % options.length]!;
        for (const text of [meant.id, ...meant.matches, meant.id.toUpperCase(), `${options.indexOf(meant) + 1}`]) {
          expect(read(parser, text)).toBe(meant.id);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gives ids as types', () => {
    expectTypeOf(choice({ small: ['s'], large: ['l'] })).toEqualTypeOf<Parser<'small' | 'large'>>();
    expectTypeOf(choice(['small', 'large'])).toEqualTypeOf<Parser<'small' | 'large'>>();
    expectTypeOf(choice([{ id: 'small', label: 'Small' }, 'large'])).toEqualTypeOf<Parser<'small' | 'large'>>();
    expectTypeOf(choice({ small: { label: 'Small' } })).toEqualTypeOf<Parser<'small'>>();
    expectTypeOf(choices({ small: [], large: [] })).toEqualTypeOf<Parser<readonly ('small' | 'large')[]>>();
    expectTypeOf<OptionId<readonly { readonly id: 'a'; readonly price: number }[]>>().toEqualTypeOf<'a'>();
    const mistaken = () => [
      // @ts-expect-error matches are words
      choice({ small: [1] }),
      // @ts-expect-error a misspelt property is refused
      choice({ small: { lable: 'Small' } }),
    ];
    expect(mistaken).toBeTypeOf('function');
  });
});

describe('choices', () => {
  const toppings = choices({ mushrooms: [], olives: ['olive'], ham: ['🍖'], 'extra cheese': ['cheese'] });

  it.each([
    ['1 and 3', ['mushrooms', 'ham']],
    ['1,3', ['mushrooms', 'ham']],
    ['1 3', ['mushrooms', 'ham']],
    ['3 & 1', ['mushrooms', 'ham']],
    ['a, c', ['mushrooms', 'ham']],
    ['1️⃣ 2️⃣', ['mushrooms', 'olives']],
    ['first and last', ['mushrooms', 'extra cheese']],
    ['mushrooms, olives', ['mushrooms', 'olives']],
    ['olive\nham', ['olives', 'ham']],
    ['Mushrooms & extra cheese please', ['mushrooms', 'extra cheese']],
    ["I'd like ham with cheese", ['ham', 'extra cheese']],
    ['mushroms and ham', ['mushrooms', 'ham']],
    ['🍖 and olives', ['olives', 'ham']],
    ['ham', ['ham']],
    ['ham no olives', ['ham']],
    ['1. mushrooms', ['mushrooms']],
    ['all', ['mushrooms', 'olives', 'ham', 'extra cheese']],
    ['all of them please', ['mushrooms', 'olives', 'ham', 'extra cheese']],
    ['all but 2', ['mushrooms', 'ham', 'extra cheese']],
    ['everything except olives and ham', ['mushrooms', 'extra cheese']],
    ['none', []],
    ['nothing thanks', []],
    ['no thanks', []],
  ])('understands %j as %j', (text, ids) => expect(read(toppings, text)).toEqual(ids));

  it.each([
    ['ham and pineapple', 'not-a-choice'],
    ['1 and 9', 'no-such-number'],
    ['no olives', 'excluded'],
    ['', 'not-a-choice'],
    ['both', 'not-a-choice'],
    ['hello', 'not-a-choice'],
  ])('does not understand %j: %s', (text, code) => expect(read(toppings, text)).toBe(code));

  it('says what it understood before it did not', () => {
    expect(toppings('ham and pineapple', person)).toEqual({
      understood: false,
      problem: { code: 'not-a-choice', details: { understood: ['ham'] } },
    });
  });

  it('takes both of two', () => expect(read(choices(['fries', 'salad']), 'both please')).toEqual(['fries', 'salad']));

  it('counts', () => {
    const two = choices(['red', 'green', 'blue'], { min: 1, max: 2 });
    expect(two('none', person)).toEqual({ understood: false, problem: { code: 'too-few', details: { min: 1 } } });
    expect(two('all', person)).toEqual({ understood: false, problem: { code: 'too-many', details: { max: 2 } } });
    expect(read(two, 'red, blue')).toEqual(['red', 'blue']);
    expect(() => choices(['red'], { min: 2 })).toThrow(/min/);
  });
});
