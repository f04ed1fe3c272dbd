import { describe, expect, it } from 'vitest';
import { createIds } from './ids.ts';

describe('ids', () => {
  it('are UUIDs of version 7 that tell when they were made', () => {
    const id = createIds(() => Date.parse('2026-01-05T17:00:00Z'))();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-01-05T17:00:00Z'));
  });

  it('sort by the order they were made in, many in a millisecond and when the clock is set back', () => {
    let now = 1_000_000;
    const newId = createIds(() => now);
    const ids: string[] = [];
    for (let index = 0; index < 20_000; index++) {
      if (index % 3000 === 0) now += index % 2 === 0 ? 1 : -500;
      ids.push(newId());
    }
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('differ between processes', () => {
    const [one, other] = [createIds(() => 1), createIds(() => 1)];
    expect(one()).not.toBe(other());
  });
});
