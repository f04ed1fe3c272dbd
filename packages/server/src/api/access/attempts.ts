import { isIPv6 } from 'node:net';
import { type Clock, ParleyError } from '@parley/core';
import type Keyv from 'keyv';

/** How often a sign-in may fail within {@link WINDOW}: for one name, and from one address. */
const MOST = { name: 10, address: 50 };

/** In milliseconds. */
const WINDOW = 15 * 60_000;

/** How many passwords wait to be looked at: each takes a tenth of a second, and whoever asks waits for those before. */
const MOST_WAITING = 50;

interface Failures {
  readonly count: number;
  readonly until: number;
}

/** Holds back who guesses passwords. */
export interface Attempts {
  /**
   * Whether a password is right, which `isRight` finds out. One after the other, so that many guesses at once are counted like many in
   * a row.
   *
   * @throws `error.platform.access.too-many-attempts`
   */
  check(name: string, address: string, isRight: () => Promise<boolean>): Promise<boolean>;
}

export function createAttempts(keyv: Keyv, clock: Pick<Clock, 'now'>): Attempts {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const keys = (name: string, address: string) =>
    [
      [`attempts:name:${name.toLowerCase()}`, MOST.name],
      [`attempts:address:${networkOf(address)}`, MOST.address],
    ] as const;

  async function failuresOf(key: string): Promise<Failures | undefined> {
    const failures = await keyv.get<Failures>(key);
    return failures !== undefined && failures.until > clock.now() ? failures : undefined;
  }

  async function requireFew(name: string, address: string): Promise<void> {
    for (const [key, most] of keys(name, address)) {
      const failures = await failuresOf(key);
      if (failures === undefined || failures.count < most) continue;
      const minutes = Math.ceil((failures.until - clock.now()) / 60_000);
      throw new ParleyError('error.platform.access.too-many-attempts', { minutes });
    }
  }

  async function countFailure(name: string, address: string): Promise<void> {
    for (const [key] of keys(name, address)) {
      const { count = 0, until = clock.now() + WINDOW } = (await failuresOf(key)) ?? {};
      await keyv.set(key, { count: count + 1, until } satisfies Failures, until - clock.now());
    }
  }

  return {
    async check(name, address, isRight) {
      // Before standing in line as well: who is held back does not keep others waiting.
      await requireFew(name, address);
      if (waiting >= MOST_WAITING) throw new ParleyError('error.platform.access.too-many-attempts', { minutes: 1 });
      waiting += 1;
      const work = last.then(async () => {
        await requireFew(name, address);
        const right = await isRight();
        if (right) await keyv.delete(`attempts:name:${name.toLowerCase()}`);
        else await countFailure(name, address);
        return right;
      });
      last = work
        .catch(() => {})
        .finally(() => {
          waiting -= 1;
        });
      return work;
    },
  };
}

/** Whoever has one address of IPv6 has all that begin with the same 64 bits. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const groupsOf = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'));
  const [before, after] = address.replace(/%.*$/, '').split('::');
  const [left, right] = [groupsOf(before), groupsOf(after)];
  const groups: string[] = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
