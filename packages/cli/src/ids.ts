import { randomBytes } from 'node:crypto';

/**
 * Makes ids of the kind UUIDv7 (RFC 9562, section 5.7): unique across processes, and sorting by the time they were made,
 * those of one process without exception.
 */
export function createIds(now: () => number): () => string {
  let last = 0;
  /** Counts within a millisecond; 12 bits, begun low so that it rarely overflows. */
  let counter = 0;
  return () => {
    const at = now();
    if (at > last) {
      last = at;
      counter = randomBytes(2).readUInt16BE() & 0x3ff;
    } else if (++counter > 0xfff) {
      // More than the counter holds, or a clock that was set back: borrow from the next millisecond.
      last += 1;
      counter = 0;
    }
    const time = last.toString(16).padStart(12, '0');
    const random = randomBytes(8);
    random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
    const tail = random.toString('hex');
    const count = counter.toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };
}
