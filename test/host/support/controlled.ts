import { type AnyActorRef, fromPromise } from 'xstate';

/** How to settle a promise that runs in a live actor. */
export interface Settle {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The promises that live actors have begun, by actor, in order. Hosted ones never begin any. */
const begun = new Map<AnyActorRef, Settle>();

/** A promise that settles when the scenario says so. */
export function controlled<Output = unknown, Input = unknown>() {
  return fromPromise<Output, Input>(
    ({ self }) =>
      new Promise<Output>((resolve, reject) => {
        begun.set(self as unknown as AnyActorRef, { resolve: resolve as (output: unknown) => void, reject });
      }),
  );
}

export function begunPromises(): ReadonlyMap<AnyActorRef, Settle> {
  return begun;
}

export function forgetPromises(actors: Iterable<AnyActorRef>): void {
  for (const actor of actors) begun.delete(actor);
}
