import { expect, it } from 'vitest';
import { somebodyBeside } from './somebody.ts';

it.each([
  [[], '+14155550123'],
  [['+14155550100'], '+14155550123'],
  [['+14155550123', 'whatsapp:+14155550124'], '+14155550125'],
])('beside apps with %j somebody has %s', (apps, number) => {
  expect(somebodyBeside(apps)).toBe(number);
});
