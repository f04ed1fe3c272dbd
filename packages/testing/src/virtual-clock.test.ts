import { setImmediate as nextPass } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  it('stands still until it is told to go on', async () => {
    const clock = new VirtualClock({ start: 1_000 });
    expect([clock.now(), clock.monotonic()]).toEqual([1_000, 0]);
    await clock.advance(5);
    expect([clock.now(), clock.monotonic()]).toEqual([1_005, 5]);
    await clock.advanceTo(1_100);
    await clock.advanceTo(1_050);
    expect(clock.now()).toBe(1_100);
  });

  it('runs timers in the order in which they are due, each at its own moment', async () => {
    const clock = new VirtualClock({ start: 0 });
    const ran: [string, number][] = [];
    const note = (name: string) => () => ran.push([name, clock.now()]);
    clock.setTimeout(note('late'), 30);
    clock.setTimeout(note('early'), 10);
    clock.setTimeout(note('early too'), 10);
    clock.setTimeout(note('not yet'), 31);
    expect(clock.nextTimerAt).toBe(10);
    await clock.advance(30);
    expect(ran).toEqual([
      ['early', 10],
      ['early too', 10],
      ['late', 30],
    ]);
    expect(clock.now()).toBe(30);
  });

  it('does not run a timer that was cancelled, not even by another one of the same moment', async () => {
    const clock = new VirtualClock();
    const ran: string[] = [];
    clock.setTimeout(() => cancel(), 10);
    const cancel = clock.setTimeout(() => ran.push('cancelled'), 10);
    await clock.advance(10);
    expect(ran).toEqual([]);
    expect(clock.nextTimerAt).toBeUndefined();
  });

  it('runs timers that are set on the way, by promises and by immediates', async () => {
    const clock = new VirtualClock({ start: 0 });
    const ran: number[] = [];
    const again = async () => {
      ran.push(clock.now());
      await Promise.resolve();
      await nextPass();
      clock.setTimeout(again, 10);
    };
    clock.setTimeout(again, 10);
    await clock.advance(35);
    expect(ran).toEqual([10, 20, 30]);
  });

  it('runs what is due at once with an advance by nothing', async () => {
    const clock = new VirtualClock();
    let ran = 0;
    clock.setTimeout(() => ran++, 0);
    clock.setTimeout(() => ran++, -5);
    expect(ran).toBe(0);
    await clock.advance(0);
    expect(ran).toBe(2);
  });

  it('waits for what it is told to wait for', async () => {
    let settled = 0;
    const settle = async () => {
      settled++;
    };
    const clock = new VirtualClock({ settle });
    clock.setTimeout(() => undefined, 1);
    await clock.advance(1);
    expect(settled).toBe(3);
  });
});
