import { describe, expect, it } from 'vitest';
import { TimeLimit } from './time-limit.ts';

/** Timers that ring when they are told to. */
const timers = new Set<() => void>();
let time = 0;
const clock = {
  now: () => time,
  monotonic: () => time,
  setTimeout(callback: () => void) {
    timers.add(callback);
    return () => timers.delete(callback);
  },
};
function passTime(): void {
  time += 100;
  for (const ring of [...timers]) {
    timers.delete(ring);
    ring();
  }
}

const limit = () => new TimeLimit({ clock, length: 100, tooLong: () => new Error('too long') });
const never = () => new Promise<never>(() => {});

describe('a time limit', () => {
  it('hands on what comes in time, and keeps no timer', async () => {
    const limited = limit();
    expect(await limited.run(async () => 1)).toBe(1);
    await expect(limited.run(() => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
    await expect(
      limited.run(() => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
    expect(timers.size).toBe(0);
  });

  it('does not wait for what does not look at its signal, and tells what does', async () => {
    const limited = limit();
    let heard: unknown;
    const deaf = limited.run(never);
    const listening = limited.run((signal) => {
      signal.addEventListener('abort', () => {
        heard = signal.reason;
      });
      return never();
    });
    const outcomes = Promise.allSettled([deaf, listening]);
    passTime();
    expect(await outcomes).toMatchObject([
      { status: 'rejected', reason: new Error('too long') },
      { status: 'rejected', reason: new Error('too long') },
    ]);
    expect(heard).toEqual(new Error('too long'));
    expect(timers.size).toBe(0);
  });

  it('calls off what is under way, and begins nothing any more', async () => {
    const limited = limit();
    let signal: AbortSignal | undefined;
    const running = limited.run((its) => {
      signal = its;
      return never();
    });
    const done = limited.run(async () => 1);
    await done;
    const outcome = expect(running).rejects.toThrow('stopped');
    expect(limited.isCalledOff).toBe(false);
    limited.callOff(new Error('stopped'));
    await outcome;
    expect(signal?.aborted).toBe(true);
    expect(limited.isCalledOff).toBe(true);
    let begun = false;
    await expect(
      limited.run(async () => {
        begun = true;
      }),
    ).rejects.toThrow('stopped');
    expect(begun).toBe(false);
    expect(timers.size).toBe(0);
  });
});
