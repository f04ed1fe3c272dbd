import { Deadlines } from '@parley/core';
import { VirtualClock } from '@parley/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('deadlines', () => {
  it('pass after their length, each at its own moment, unless they are ended before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ after: fc.nat(150), lasts: fc.nat(250) }), { minLength: 1, maxLength: 12 }),
        async (plans) => {
          const clock = new VirtualClock({ settle: async () => {} });
          const deadlines = new Deadlines(clock, 100);
          const passed = plans.map((): number | undefined => undefined);
          const begun: number[] = [];
          for (const [index, { after, lasts }] of plans.entries()) {
            await clock.advance(after);
            begun.push(clock.monotonic());
            const deadline = deadlines.begin(() => {
              passed[index] = clock.monotonic();
            });
            clock.setTimeout(() => deadline.end(), lasts);
          }
          await clock.advance(1_000);
          const expected = plans.map(({ lasts }, index) => {
            // What ends at the very moment may be either; the timer was set first.
            return lasts < 100 ? undefined : (begun[index] as number) + 100;
          });
          plans.forEach(({ lasts }, index) => {
            if (lasts !== 100) expect(passed[index]).toBe(expected[index]);
          });
          expect(clock.nextTimerAt).toBeUndefined();
        },
      ),
    );
  });

  it('keep no timer when nothing is under way', () => {
    const clock = new VirtualClock();
    const deadlines = new Deadlines(clock, 100);
    const first = deadlines.begin(() => {});
    const second = deadlines.begin(() => {});
    first.end();
    expect(clock.nextTimerAt).toBeDefined();
    second.end();
    expect(clock.nextTimerAt).toBeUndefined();
    second.end();
    deadlines.begin(() => {});
    expect(clock.nextTimerAt).toBe(clock.now() + 100);
  });

  it('set one timer for what begins as another passes, and go on after one that throws', async () => {
    const clock = new VirtualClock();
    const deadlines = new Deadlines(clock, 100);
    const passed: string[] = [];
    deadlines.begin(() => {
      deadlines.begin(() => passed.push('second'));
      throw new Error('its own');
    });
    await clock.advance(50);
    const ended = deadlines.begin(() => passed.push('ended'));
    deadlines.begin(() => passed.push('first'));
    await expect(clock.advance(50)).rejects.toThrow('its own');
    ended.end();
    await clock.advance(50);
    expect(passed).toEqual(['first']);
    await clock.advance(50);
    expect(passed).toEqual(['first', 'second']);
    expect(clock.nextTimerAt).toBeUndefined();
  });

  it('wait on when the timer rings early', async () => {
    let early = 1;
    const virtual = new VirtualClock();
    const clock = {
      now: () => virtual.now(),
      monotonic: () => virtual.monotonic(),
      setTimeout: (callback: () => void, delay: number) => virtual.setTimeout(callback, delay - early--),
    };
    let passed = 0;
    new Deadlines(clock, 100).begin(() => {
      passed += 1;
    });
    await virtual.advance(99);
    expect(passed).toBe(0);
    await virtual.advance(1);
    expect(passed).toBe(1);
  });
});
