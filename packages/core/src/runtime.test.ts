import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './runtime.ts';

const DAY = 86_400_000;

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits longer than a timer of Node.js can', () => {
    const ring = vi.fn();
    systemClock.setTimeout(ring, 60 * DAY);
    vi.advanceTimersByTime(60 * DAY - 1);
    expect(ring).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it('can be cancelled at any time', () => {
    const ring = vi.fn();
    const cancel = systemClock.setTimeout(ring, 60 * DAY);
    vi.advanceTimersByTime(40 * DAY);
    cancel();
    vi.advanceTimersByTime(40 * DAY);
    expect(ring).not.toHaveBeenCalled();
  });
});
