/**
 * What the core asks of the world around it. Nothing in this package reads a clock, draws a random number or
 * writes a line on its own: a server hands it the real ones, a test virtual ones.
 */
export interface Runtime {
  readonly clock: Clock;
  /** A new id: unique across processes, and sorting by the time it was made. */
  readonly newId: () => string;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly log: Log;
  /** Resolves once whoever is waiting for a commit at this moment has been answered: a turn of the event loop later. */
  readonly afterAnswer: () => Promise<void>;
}

/** Time, and waiting for it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds that only ever go forward, for measuring how long something took. */
  monotonic(): number;
  /** Calls `callback` once after `delay` milliseconds; the answer cancels it. */
  setTimeout(callback: () => void, delay: number): () => void;
}

/** Structured log lines. Fields never hold a message's text or a whole phone number. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** A log that keeps quiet. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** A turn of the event loop: what was resolved before has been written to its sockets. */
export function nextLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The longest delay that a timer of Node.js takes, about 24.8 days; it rings at once for longer ones. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout(callback, delay) {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      const step = Math.min(left, LONGEST_DELAY);
      timer = setTimeout(() => (left > step ? wait(left - step) : callback()), step);
    };
    wait(delay);
    return () => clearTimeout(timer);
  },
};
