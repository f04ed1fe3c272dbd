import type { Clock, PluginContext } from '@parley/core';

/** Lets one process at a time work on something. */
export interface Lock {
  /**
   * Runs `work` alone. One that took so long that others may have gone ahead is followed by `mend`, alone again.
   *
   * @throws what `work` throws
   */
  run<Result>(key: string, work: (hold: Hold) => Promise<Result>, mend: () => Promise<void>): Promise<Result>;
}

/** Having the lock. */
export interface Hold {
  /** To be called before what somebody else must not do meanwhile: starts the work again if its time is over. */
  readonly check: () => void;
}

/** For how long a process that dies keeps others away, in milliseconds of the clock. */
export const LOCK_TIME = 10_000;

/** The part of it in which something may be begun; the rest is for what is on its way to the storage. */
const WORKING_TIME = LOCK_TIME / 2;

/** Between two attempts, in real time: other processes are waited for. */
const WAIT = 5;

/** So many attempts, about 20 seconds, before work goes on without: a clock somewhere is wrong. */
const ATTEMPTS = 4_000;

/** Thrown through the work that is to start again. */
class TooLate extends Error {}

/** @param newToken makes the names under which the lock is held, each once. */
export function createLock(
  { claim, release }: Pick<PluginContext, 'claim' | 'release'>,
  clock: Clock,
  newToken: () => string,
): Lock {
  /** In one process, work on the same thing is done one after the other, without asking the storage. */
  const lines = new Map<string, Promise<unknown>>();

  async function acquire(key: string): Promise<{ readonly isLate: () => boolean; readonly free: () => Promise<void> }> {
    const token = newToken();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const asked = clock.monotonic();
      if ((await claim(key, token, LOCK_TIME)) === token) {
        return { isLate: () => clock.monotonic() - asked > WORKING_TIME, free: () => release(key, token) };
      }
      await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
    return { isLate: () => true, free: () => Promise.resolve() };
  }

  async function alone<Result>(
    key: string,
    work: (hold: Hold) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly late: boolean }> {
    for (let again = false; ; again = true) {
      const { isLate, free } = await acquire(key);
      const check = () => {
        // Once is enough: where every attempt is slow, slow is what it has to be.
        if (!again && isLate()) throw new TooLate();
      };
      try {
        const result = await work({ check });
        return { result, late: isLate() };
      } catch (error) {
        if (!(error instanceof TooLate)) throw error;
      } finally {
        await free();
      }
    }
  }

  async function run<Result>(key: string, work: (hold: Hold) => Promise<Result>, mend: () => Promise<void>) {
    const { result, late } = await alone(key, work);
    if (late) await alone(key, mend);
    return result;
  }

  return {
    run(key, work, mend) {
      const go = () => run(key, work, mend);
      const done = (lines.get(key) ?? Promise.resolve()).then(go, go);
      lines.set(key, done);
      const forget = () => {
        if (lines.get(key) === done) lines.delete(key);
      };
      done.then(forget, forget);
      return done;
    },
  };
}
