import type { Clock, MessageId, MessageRecord, MessageStore } from '@parley/core';
import { type Outcome, outcomeOf } from './outcome.ts';

/** Tells of messages whose outcome somebody waits for. */
export interface Outcomes {
  /** Takes note of news of any message. */
  observe(message: MessageRecord): void;
  /** Begins to listen for one; before it is asked for, so that nothing is missed. */
  expect(message: MessageId): Expected;
  /** Lets everybody go who waits. */
  close(): void;
}

export interface Expected {
  /**
   * Resolves to the outcome, or to `undefined` once the time is over.
   *
   * @param wait in milliseconds.
   * @param look whether the message may have been asked for before, so that its news may be over.
   */
  first(wait: number, look: boolean): Promise<Outcome | undefined>;
  /** Stops listening. */
  forget(): void;
}

/** Where processes share a storage another one may be the one that sends: the log is looked at after this long, then less and less often. */
const FIRST_LOOK = 1_000;
const LONGEST_LOOK = 30_000;

/** @param shared whether other processes may be at the same conversations. */
export function createOutcomes(messages: Pick<MessageStore, 'get'>, clock: Clock, shared: boolean): Outcomes {
  const expected = new Map<MessageId, Set<(outcome: Outcome | undefined) => void>>();

  async function lookUp(message: MessageId): Promise<Outcome | undefined> {
    const record = await messages.get(message);
    return record && outcomeOf(record);
  }

  return {
    observe(message) {
      const waiting = expected.get(message.id);
      const outcome = waiting && outcomeOf(message);
      if (outcome !== undefined) for (const settle of waiting ?? []) settle(outcome);
    },

    expect(message) {
      const cancels: (() => void)[] = [];
      let settle = (_: Outcome | undefined): void => {};
      const settled = new Promise<Outcome | undefined>((resolve) => {
        settle = resolve;
      });
      const waiting = expected.get(message) ?? new Set();
      expected.set(message, waiting.add(settle));
      let isWanted = true;

      function lookAfter(wait: number): void {
        cancels.push(
          clock.setTimeout(async () => {
            const outcome = await lookUp(message).catch(() => undefined);
            if (outcome !== undefined) return settle(outcome);
            if (isWanted) lookAfter(Math.min(LONGEST_LOOK, wait * 2));
          }, wait),
        );
      }

      return {
        async first(wait, look) {
          const known = look ? await lookUp(message) : undefined;
          if (known !== undefined || wait === 0) return known;
          cancels.push(clock.setTimeout(() => settle(undefined), wait));
          if (shared) lookAfter(FIRST_LOOK);
          return (await settled) ?? (shared ? lookUp(message) : undefined);
        },
        forget() {
          for (const cancel of cancels) cancel();
          isWanted = false;
          waiting.delete(settle);
          if (waiting.size === 0 && expected.get(message) === waiting) expected.delete(message);
        },
      };
    },

    close() {
      for (const waiting of expected.values()) for (const settle of waiting) settle(undefined);
      expected.clear();
    },
  };
}
