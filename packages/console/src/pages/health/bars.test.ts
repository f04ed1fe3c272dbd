import { describe, expect, it } from 'vitest';
import { barsOf, columnsOf, DRAWN } from './bars.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T12:00:00Z');
const TODAY = Date.parse('2026-11-24T00:00:00Z');

const counts = { received: 7, delivered: 5, sent: 3, pending: 2, failed: 1 };
const [bar] = barsOf(
  {
    days: [
      { day: TODAY, ...counts },
      { day: TODAY + DAY, ...counts },
    ],
  } as never,
  NOW,
);

describe('the bars of the chart', () => {
  it('end today, and are named by the day in UTC', () => {
    expect(barsOf({ days: [{ day: TODAY + DAY, ...counts }] } as never, NOW)).toEqual([]);
    expect(bar?.label).toContain('24');
    expect(bar?.counts).toEqual(counts);
  });

  it('are hours where those are told apart', () => {
    expect(barsOf({ hours: [{ hour: TODAY, ...counts }], days: [] } as never, NOW)).toHaveLength(1);
  });

  it('stand on each other, with what came in beside them', () => {
    expect(DRAWN).toEqual(['failed', 'pending', 'sent', 'delivered', 'received']);
    expect(columnsOf([bar!], new Set())).toEqual([[0], [11], [10], [8], [5], [7]]);
  });

  it('close up over what is hidden', () => {
    expect(columnsOf([bar!], new Set(['sent', 'received'] as const))).toEqual([[0], [8], [7], [null], [5], [null]]);
  });
});
