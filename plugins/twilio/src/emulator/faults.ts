/** What goes wrong with a request of the API. */
export type Fault =
  /** It is answered with an error and nothing happens. `retryAfter` in seconds. */
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly retryAfter?: number;
    }
  /** The connection is cut, after the request was done (`accepted`) or before. */
  | { readonly kind: 'drop'; readonly accepted: boolean }
  /** No answer ever comes, though the request was done (`accepted`) or not. */
  | { readonly kind: 'hang'; readonly accepted: boolean }
  /** The answer takes this many milliseconds of the emulator's clock. */
  | { readonly kind: 'delay'; readonly milliseconds: number };

/** Which requests a fault is for. */
export type FaultTarget = 'create' | 'list' | 'any';

/** Makes the API go wrong on purpose. */
export interface Faults {
  /** Lets the next requests go wrong: one, unless `times` says more. Faults of one target are used up in order. */
  next(fault: Fault, options?: { readonly times?: number; readonly on?: FaultTarget }): void;
  /** Takes back all that have not happened. */
  clear(): void;
}

/** The side of it that the server sees. */
export interface FaultQueue extends Faults {
  take(target: FaultTarget): Fault | undefined;
}

export function createFaults(): FaultQueue {
  let waiting: { readonly fault: Fault; readonly on: FaultTarget }[] = [];
  return {
    next(fault, { times = 1, on = 'create' } = {}) {
      for (let index = 0; index < times; index++) waiting.push({ fault, on });
    },
    clear() {
      waiting = [];
    },
    take(target) {
      const index = waiting.findIndex(({ on }) => on === 'any' || on === target);
      return index === -1 ? undefined : waiting.splice(index, 1)[0]?.fault;
    },
  };
}
