import { describe, expect, it } from 'vitest';
import { createIds } from './ids.ts';

describe('ids', () => {
  it('are ULIDs that go up, within a millisecond and when the clock is set back', () => {
    let now = 1_763_887_544_000;
    const newId = createIds(() => now);
    const ids = Array.from({ length: 5_000 }, (_, index) => {
      if (index % 100 === 0) now += index % 200 === 0 ? 3 : -5;
      return newId();
    });
    expect(ids[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sort by time across processes', () => {
    expect(createIds(() => 1_000)() < createIds(() => 1_001)()).toBe(true);
  });
});
