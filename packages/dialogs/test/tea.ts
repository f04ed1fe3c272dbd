import { notUnderstood, type Parser, understood } from '../src/index.ts';

/** A parser that knows two words. */
export const drink: Parser<'coffee' | 'tea'> = (text) => {
  const word = text.trim().toLowerCase();
  return word === 'coffee' || word === 'tea' ? understood(word) : notUnderstood('no-drink', { length: word.length });
};
