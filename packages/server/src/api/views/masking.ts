import type { Role } from '@parley/api';
import { type Address, maskAddress } from '@parley/core';
import { maskNumbers } from '../../log/mask.ts';

/** What somebody is shown of numbers: viewers the last digits. */
export interface Masking {
  /** Whether it hides anything. */
  readonly hides: boolean;
  address(address: Address): string;
  /** Text that may have numbers in it, of an error for example. */
  prose(text: string): string;
  /** Anything that JSON can hold, with numbers hidden in all of its texts. */
  data(value: unknown): unknown;
}

const PLAIN: Masking = { hides: false, address: (address) => address, prose: (text) => text, data: (value) => value };
const MASKED: Masking = { hides: true, address: maskAddress, prose: maskNumbers, data: maskData };

export function maskingFor(role: Role): Masking {
  return role === 'viewer' ? MASKED : PLAIN;
}

function maskData(value: unknown): unknown {
  if (typeof value === 'string') return maskNumbers(value);
  if (typeof value === 'number') return mayBeNumber(value) ? maskNumbers(String(value)) : value;
  if (Array.isArray(value)) return value.map(maskData);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [maskNumbers(key), maskData(field)]));
}

/** Phone numbers kept as numbers. Of 13 digits that begin with 1 only moments do: those of North America have 11. */
function mayBeNumber(value: number): boolean {
  return /^(?!1\d{12}$)\d{10,15}$/.test(String(value));
}
