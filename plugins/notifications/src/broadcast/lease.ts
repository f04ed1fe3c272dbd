import type { Clock } from '@parley/core';

/** Makes sure that one process at a time is at something; its claim is renewed for as long as it lives. */
export interface Lease {
  /** Takes it, or makes sure that it is still ours. */
  hold(): Promise<boolean>;
  /** Gives it back. */
  release(): Promise<void>;
}

export interface LeaseOptions {
  /** As of a plugin: a claim can not be prolonged. */
  readonly claim: (key: string, owner: string, ttl: number) => Promise<string>;
  readonly release: (key: string, owner: string) => Promise<void>;
  readonly clock: Clock;
  readonly owner: string;
}

/** Time is cut into pieces of this length, each of which is claimed on its own. In milliseconds. */
const SLOT = 30_000;

/**
 * A lease out of claims that can not be prolonged: whoever has the slot of this moment claims the next one ahead of time; others may claim
 * no slot but the one that it is. The next slot of a process that has died is therefore free.
 */
export function createLease(name: string, { claim, release, clock, owner }: LeaseOptions): Lease {
  let held: readonly number[] = [];
  let cancel = (): void => {};

  async function take(slot: number): Promise<boolean> {
    if (held.includes(slot)) return true;
    const ttl = (slot + 1) * SLOT - clock.now();
    return ttl > 0 && (await claim(`${name}:${slot}`, owner, ttl)) === owner;
  }

  async function hold(): Promise<boolean> {
    const now = Math.floor(clock.now() / SLOT);
    if (!(await take(now))) return false;
    const slots = (await take(now + 1)) ? [now, now + 1] : [now];
    held = slots;
    return true;
  }

  function keep(): void {
    cancel();
    cancel = clock.setTimeout(() => {
      hold().then(keep, keep);
    }, SLOT / 3);
  }

  return {
    async hold() {
      const isOurs = await hold();
      if (isOurs) keep();
      return isOurs;
    },
    async release() {
      cancel();
      cancel = () => {};
      for (const slot of held) await release(`${name}:${slot}`, owner);
      held = [];
    },
  };
}

/** Where no other process can be, nobody has to be kept away. */
export const UNSHARED: Lease = { hold: () => Promise.resolve(true), release: () => Promise.resolve() };
