import { randomBytes } from 'node:crypto';

/** Draws numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes SIDs: two letters and 32 hexadecimal digits. */
export type NewSid = (prefix: string) => string;

/**
 * Without a source of its own it never makes the same SID again, not even in another process with the same seed: a
 * server under test would take the second text for a repetition of the first.
 */
export function sidMaker(random: (() => number) | undefined): NewSid {
  if (random === undefined) return (prefix) => prefix + randomBytes(16).toString('hex');
  const digit = () => Math.floor(random() * 16).toString(16);
  return (prefix) => prefix + Array.from({ length: 32 }, digit).join('');
}
