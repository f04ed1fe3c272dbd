import { silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { VirtualClock } from '@parley/testing';
import { describe, expect, it } from 'vitest';
import { createLease, type Lease } from '../src/broadcast/lease.ts';

async function two(): Promise<{
  readonly clock: VirtualClock;
  readonly leases: readonly [Lease, Lease];
  readonly dying: VirtualClock;
}> {
  const clock = new VirtualClock();
  /** The clock of the first process: when it stands still, the process is dead. */
  const dying = new VirtualClock();
  const storage = memoryStorage();
  await storage.open({ clock, log: silentLog });
  const { claim, release } = storage;
  return {
    clock,
    dying,
    leases: [
      createLease('one', { claim, release, clock: dying, owner: 'first' }),
      createLease('one', { claim, release, clock, owner: 'second' }),
    ],
  };
}

describe('a lease', () => {
  it('is one process’s for as long as that lives', async () => {
    const { clock, dying, leases } = await two();
    const [first, second] = leases;
    expect(await first.hold()).toBe(true);
    for (let second_ = 0; second_ < 300; second_ += 5) {
      await clock.advance(5_000);
      await dying.advance(5_000);
      expect(await second.hold()).toBe(false);
    }
    expect(await first.hold()).toBe(true);
  });

  it('is another’s within two slots of one that has died', async () => {
    const { clock, leases } = await two();
    const [first, second] = leases;
    await first.hold();
    let waited = 0;
    while (!(await second.hold())) {
      await clock.advance(1_000);
      waited += 1;
    }
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThanOrEqual(60);
  });

  it('is lost to one that was held up, which finds out', async () => {
    const { clock, dying, leases } = await two();
    const [first, second] = leases;
    await first.hold();
    await clock.advance(70_000);
    expect(await second.hold()).toBe(true);
    await dying.advance(70_000);
    expect(await first.hold()).toBe(false);
  });

  it('is free at once when it was given back', async () => {
    const { leases } = await two();
    const [first, second] = leases;
    await first.hold();
    await first.release();
    expect(await second.hold()).toBe(true);
  });
});
