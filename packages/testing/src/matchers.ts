// Importing this adds matchers to vitest's `expect`: `import '@parley/testing/matchers'`, in a test or in `setupFiles`.

import type { ActorPatch } from '@parley/core';
import { expect } from 'vitest';
import * as actors from './matchers/actors.ts';
import type { FindingsOptions } from './matchers/explorations.ts';
import * as explorations from './matchers/explorations.ts';
import type { ExpectedText } from './matchers/said.ts';

/** What vitest's `expect` can do with people in a simulation, and with what `explore` gives. Those that give a promise are awaited. */
export interface ParleyMatchers<Returned> {
  /** Somebody's phone has got this text, at any time: all of it, or one that matches. */
  toHaveBeenTold(text: ExpectedText): Returned;
  /** The newest text on somebody's phone is this one. */
  toHaveBeenToldLast(text: ExpectedText): Returned;
  /** Somebody's phone has got no text at all. */
  toHaveBeenToldNothing(): Returned;
  /** The bot that talks to somebody is in a state: `ordering`, `ordering.size`, or as XState writes it. States within it count. */
  toBeInState(state: string | Readonly<Record<string, unknown>>): Promise<Returned>;
  /** No journey is running with somebody. */
  toHaveEnded(): Promise<Returned>;
  /** People have the conversation with somebody; those that are named. */
  toBeHandedOver(to?: string): Promise<Returned>;
  /** This is known of somebody, among other things: what bots remember, and what the organization says. */
  toBeKnownAs(profile: ActorPatch): Promise<Returned>;
  /** `explore` has found nothing wrong, but for the rules that are excepted. */
  toHaveNoFindings(options?: FindingsOptions): Returned;
  /** `explore` has found a way to a state, by its id or the end of it. */
  toReach(state: string): Returned;
  /** The bot has said this on some way of `explore`. */
  toSay(text: ExpectedText): Returned;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: vitest declares it so, and both have to be the same.
  interface Matchers<T = any> extends ParleyMatchers<T> {}
}

expect.extend({
  ...actors,
  ...explorations,
  toBeKnownAs(value: unknown, profile: ActorPatch) {
    const { subsetEquality, iterableEquality } = this.utils;
    return actors.toBeKnownAs(value, profile, (one, other) =>
      this.equals(one, other, [iterableEquality, subsetEquality]),
    );
  },
});
