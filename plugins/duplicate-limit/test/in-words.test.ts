import { expect, it } from 'vitest';
import { inWords } from '../src/in-words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it.each([
  [1, '1 second'],
  [1000, '1 second'],
  [59_001, '1 minute'],
  [60_001, '2 minutes'],
  [29.5 * MINUTE, '30 minutes'],
  [119 * MINUTE, '119 minutes'],
  [2 * HOUR + 1, '3 hours'],
  [48 * HOUR, '2 days'],
  [49 * HOUR, '3 days'],
])('says %i ms as %s', (span, words) => {
  expect(inWords(span)).toBe(words);
});
