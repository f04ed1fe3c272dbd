import { describe, expect, it } from 'vitest';
import { mistakesIn } from './near-miss.ts';

describe('mistakesIn', () => {
  it.each([
    ['large', 'large', 0],
    ['lrage', 'large', 1],
    ['lsrge', 'large', 0.5],
    ['larg', 'large', 1],
    ['largee', 'large', 1],
    ['pepperonni', 'pepperoni', 1],
    ['margarita', 'margherita', 2],
    ['thim', 'thin', 0.5],
    ['htin', 'thin', 0.5],
    ['thinn', 'thin', 0.5],
  ])('counts %j for %j as %d', (written, meant, mistakes) => expect(mistakesIn(written, meant)).toBe(mistakes));

  it.each([
    ['can', 'pan'],
    ['pa', 'pan'],
    ['nice', 'nine'],
    ['medium', 'large'],
    ['route 66', 'route 67'],
    ['', 'large'],
  ])('does not take %j for %j', (written, meant) => expect(mistakesIn(written, meant)).toBeUndefined());
});
