import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no letters that are taken for digits, and sorts as the numbers do. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Half of the 80 random bits; what fits a number exactly. */
const HALF = 2 ** 40;

/**
 * Makes ids in the form of a ULID: 48 bits of time, 80 of chance. Those of one process always go up, also within a
 * millisecond and when the clock is set back.
 */
export function createIds(now: () => number = Date.now): () => string {
  let time = 0;
  let high = 0;
  let low = 0;
  return () => {
    const present = now();
    if (present > time) {
      const bytes = randomBytes(10);
      time = present;
      high = bytes.readUIntBE(0, 5);
      low = bytes.readUIntBE(5, 5);
    } else {
      low += 1;
      if (low === HALF) {
        low = 0;
        high += 1;
      }
      if (high === HALF) {
        high = 0;
        time += 1;
      }
    }
    return encode(time, 10) + encode(high, 8) + encode(low, 8);
  };
}

function encode(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = DIGITS.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
