import { describe, expect, it } from 'vitest';
import { momentWords, parseMoment, parseSpan } from './moments.ts';

const HOUR = 3_600_000;
/** Monday, nine in the morning in Los Angeles. */
const NOW = Date.parse('2026-01-05T17:00:00Z');
const ZONE = 'America/Los_Angeles';

describe('a span of time', () => {
  it.each([
    ['2h', 2 * HOUR],
    ['1d 3h', 27 * HOUR],
    ['1d3h', 27 * HOUR],
    ['90 minutes', 1.5 * HOUR],
    ['1.5 hours', 1.5 * HOUR],
    ['1 week 30s', 168 * HOUR + 30_000],
  ])('is read from %s', (text, span) => expect(parseSpan(text)).toBe(span));

  it.each(['', '2', 'h', '2 fortnights', '2h later', '0h', '-2h', 'in 2h'])('is none in “%s”', (text) => {
    expect(parseSpan(text)).toBeUndefined();
  });
});

describe('a moment', () => {
  it.each([
    ['9:30', '2026-01-05T17:30:00Z'],
    ['9am', '2026-01-06T17:00:00Z'],
    ['8 am', '2026-01-06T16:00:00Z'],
    ['12am', '2026-01-06T08:00:00Z'],
    ['noon', '2026-01-05T20:00:00Z'],
    ['tomorrow', '2026-01-06T17:00:00Z'],
    ['tomorrow 9am', '2026-01-06T17:00:00Z'],
    ['tomorrow at 14:15', '2026-01-06T22:15:00Z'],
    ['fri 2pm', '2026-01-09T22:00:00Z'],
    ['monday 8:00', '2026-01-12T16:00:00Z'],
    ['monday 10:00', '2026-01-05T18:00:00Z'],
    ['today midnight', undefined],
    ['2026-07-01 noon', '2026-07-01T19:00:00Z'],
    ['2025-07-01', undefined],
    ['9', undefined],
    ['25:00', undefined],
    ['13pm', undefined],
    ['someday', undefined],
  ])('is read from %s', (text, moment) => {
    expect(parseMoment(text, NOW, ZONE)).toBe(moment === undefined ? undefined : Date.parse(moment));
  });

  it('is written in the zone of the person', () => {
    expect(momentWords(NOW, ZONE)).toBe('Mon Jan 5, 09:00');
    expect(momentWords(NOW + 5_000, 'UTC')).toBe('Mon Jan 5, 17:00:05');
  });
});
