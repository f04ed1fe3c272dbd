import * as z from 'zod';
import { type Address, isAddress } from './address.ts';
import { ParleyError } from './errors.ts';

/** What the definitions of bots, apps and organizations share. */

export const idSchema: z.ZodString = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'an id has lower-case letters, digits and dashes, and begins with a letter');

export const addressSchema: z.ZodCustom<Address> = z.custom<Address>(
  (value) => typeof value === 'string' && isAddress(value),
  'write an address as E.164 (a plus sign and 7 to 15 digits), a short code, either of them behind whatsapp:, or a name behind web:',
);

/** @throws `error.platform.config.duplicate-id` */
export function requireUnique(kind: string, ids: readonly string[]): void {
  const twice = ids.find((name, index) => ids.indexOf(name) !== index);
  if (twice !== undefined) throw new ParleyError('error.platform.config.duplicate-id', { kind, id: twice });
}

export function isObjectWith(value: unknown, keys: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}
