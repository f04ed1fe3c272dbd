import { expect, it } from 'vitest';
import { Allowances } from './allowance.ts';

it('lets so much through at once and so much a minute after that, for each by themselves', () => {
  let now = 0;
  const allowances = new Allowances({ monotonic: () => now }, { burst: 2, perMinute: 60 });
  const take = (who = 'ann') => allowances.take(who);
  expect([take(), take(), take(), take('ben')]).toEqual([undefined, undefined, 1_000, undefined]);
  now = 400;
  expect(take()).toBe(600);
  now = 1_000;
  expect([take(), take()]).toEqual([undefined, 1_000]);
  now = 1_000_000;
  expect([take(), take(), take()]).toEqual([undefined, undefined, 1_000]);
});
