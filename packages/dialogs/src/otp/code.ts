import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** What is kept of a code: enough to know it again, not to read it. */
export interface Kept {
  readonly salt: string;
  readonly hash: string;
}

/** A code that nobody can guess, and what to keep of it. Draws random numbers: for tasks only. */
export function newCode(digits: number, secret: string): Kept & { readonly code: string } {
  const code = String(randomInt(10 ** digits)).padStart(digits, '0');
  return { code, ...keptOf(code, randomBytes(16).toString('base64url'), secret) };
}

/** What to keep of a code. */
export function keptOf(code: string, salt: string, secret: string): Kept {
  return { salt, hash: hashOf(code, salt, secret).toString('base64url') };
}

/** Whether it is the code that this was kept of. Takes as long for any wrong code. */
export function isCode(code: string, { salt, hash }: Kept, secret: string): boolean {
  const kept = Buffer.from(hash, 'base64url');
  const given = hashOf(code, salt, secret);
  return kept.length === given.length && timingSafeEqual(kept, given);
}

/** The digits of a text: `It is 123 456.` */
export function digitsIn(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}

function hashOf(code: string, salt: string, secret: string): Buffer {
  return createHmac('sha256', `${salt}${secret}`).update(code).digest();
}
