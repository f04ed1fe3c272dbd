import { createHash } from 'node:crypto';

/**
 * JSON with its keys sorted and no white space, as RFC 8785 has it: equal values give equal text. Keys without a value are left out.
 *
 * @param value plain JSON: see {@link isPlainJson}.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of a text in UTF-8, in lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** How deep plain JSON may be nested: no document is, and a stack is finite. */
const DEEPEST = 32;

/** Whether a value comes back from JSON as it was. */
export function isPlainJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= DEEPEST) return false;
  const members = Array.isArray(value) ? value : plainMembers(value);
  return members?.every((member) => isPlainJson(member, depth + 1)) ?? false;
}

function plainMembers(value: object): readonly unknown[] | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  return Object.values(value).filter((member) => member !== undefined);
}
