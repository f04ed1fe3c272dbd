import { type Clock, ParleyError } from '@parley/core';
import type Keyv from 'keyv';

/** How often a sign-in may fail within {@link WINDOW}: for one name, and from one address. */
const MOST = { name: 10, address: 50 };

/** In milliseconds. */
const WINDOW = 15 * 60_000;

interface Failures {
  readonly count: number;
  readonly until: number;
}

/** Holds back who guesses passwords. */
export interface Attempts {
  /** @throws `error.platform.access.too-many-attempts` */
  require(name: string, address: string): Promise<void>;
  failed(name: string, address: string): Promise<void>;
  succeeded(name: string): Promise<void>;
}

export function createAttempts(keyv: Keyv, clock: Pick<Clock, 'now'>): Attempts {
  const keys = (name: string, address: string) =>
    [
      [`attempts:name:${name.toLowerCase()}`, MOST.name],
      [`attempts:address:${address}`, MOST.address],
    ] as const;

  async function failuresOf(key: string): Promise<Failures | undefined> {
    const failures = await keyv.get<Failures>(key);
    return failures !== undefined && failures.until > clock.now() ? failures : undefined;
  }

  return {
    async require(name, address) {
      for (const [key, most] of keys(name, address)) {
        const failures = await failuresOf(key);
        if (failures === undefined || failures.count < most) continue;
        const minutes = Math.ceil((failures.until - clock.now()) / 60_000);
        throw new ParleyError('error.platform.access.too-many-attempts', { minutes });
      }
    },
    async failed(name, address) {
      for (const [key] of keys(name, address)) {
        const { count = 0, until = clock.now() + WINDOW } = (await failuresOf(key)) ?? {};
        await keyv.set(key, { count: count + 1, until } satisfies Failures, until - clock.now());
      }
    },
    async succeeded(name) {
      await keyv.delete(`attempts:name:${name.toLowerCase()}`);
    },
  };
}
