import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personName } from './person-name.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

function read(text: string, locale = 'en-US', minWords = 1): string {
  const parsed = personName({ minWords })(text, { ...person, locale });
  return parsed.understood ? parsed.value : `!${parsed.problem.code}`;
}

describe('personName', () => {
  it.each([
    ['Ann', 'Ann'],
    ['ann', 'Ann'],
    ['my name is Ann Lee', 'Ann Lee'],
    ['My name’s Ann.', 'Ann'],
    ["I'm o'brien", "O'Brien"],
    ['Connor O’Neil', "Connor O'Neil"],
    ['ANN LEE', 'Ann Lee'],
    ['ludwig van beethoven', 'Ludwig van Beethoven'],
    ['jean-luc picard', 'Jean-Luc Picard'],
    ['mcdonald', 'McDonald'],
    ['McDonald', 'McDonald'],
    ['JJ', 'JJ'],
    ["it's Ann here", 'Ann'],
    ['Ann speaking, thanks', 'Ann'],
    ['Hi, I am Bob!', 'Bob'],
    ['Name: Ann', 'Ann'],
    ['call me Al', 'Al'],
    ['DR. ANN LEE', 'Dr. Ann Lee'],
    ['John Smith Jr.', 'John Smith Jr.'],
    ['martin luther king, jr', 'Martin Luther King Jr'],
    ['j.r.r. tolkien', 'J.R.R. Tolkien'],
    ['Will Young', 'Will Young'],
    ['April May', 'April May'],
    ['李小龍', '李小龍'],
    ['محمد علي', 'محمد علي'],
    ['Анна Каренина', 'Анна Каренина'],
    ['анна', 'Анна'],
    ['José María', 'José María'],
    ['Björk Guðmundsdóttir', 'Björk Guðmundsdóttir'],
    ["'Ann'", 'Ann'],
    ['“Ann”', 'Ann'],
    ['Ann 😀', 'Ann'],
    ['  Ann   Lee ', 'Ann Lee'],
    ['Ann\nSent from my iPhone', 'Ann'],
    ['Ng', 'Ng'],
  ])('reads %j as %s', (text, name) => expect(read(text)).toBe(name));

  it.each([
    ['es', 'me llamo ana garcía', 'Ana García'],
    ['es', 'Soy Ana', 'Ana'],
    ['es', 'Mi nombre es Juan de la Cruz', 'Juan de la Cruz'],
    ['fr', "je m'appelle Zoé", 'Zoé'],
    ['fr', "moi c'est jean-pierre", 'Jean-Pierre'],
    ['de', 'Ich heiße Jürgen', 'Jürgen'],
    ['de', 'ich bin die Ute', 'Ute'],
    ['pt', 'meu nome é joão', 'João'],
    ['pt', 'sou o Pedro', 'Pedro'],
    ['es', 'My name is Ana', 'Ana'],
    ['tr', 'ismail', 'İsmail'],
  ])('reads in %s %j as %s', (locale, text, name) => expect(read(text, locale)).toBe(name));

  it.each([
    ['', '!not-a-name'],
    ['👍', '!not-a-name'],
    ['yes', '!not-a-name'],
    ['no', '!not-a-name'],
    ['J', '!not-a-name'],
    ["I'm tired", '!not-a-name'],
    ['Ann?', '!question'],
    ['what is this', '!sentence'],
    ['why do you need my name', '!sentence'],
    ['Ann1', '!has-digits'],
    ['42', '!has-digits'],
    ['4155552671', '!has-digits'],
    ['Ann and Bob', '!several'],
    ['Ann & Bob', '!several'],
    ['ann@example.com', '!not-a-name'],
    ['a b c d e f g h', '!sentence'],
    ['x'.repeat(90), '!sentence'],
  ])('does not understand %j: %s', (text, code) => expect(read(text)).toBe(code));

  it('can ask for a surname', () => {
    expect(read('Ann', 'en', 2)).toBe('!too-few-words');
    expect(read('Ann Lee', 'en', 2)).toBe('Ann Lee');
  });

  it('gives back a name that it gave', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ'-]{1,9}$/), { minLength: 1, maxLength: 4 }),
        (words) => {
          const name = read(words.join(' '));
          if (!name.startsWith('!')) expect(read(name)).toBe(name);
        },
      ),
    );
  });
});
