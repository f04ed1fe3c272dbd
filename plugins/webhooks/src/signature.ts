import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/**
 * The signature of one delivery, as Standard Webhooks has it (https://www.standardwebhooks.com, version 1): HMAC-SHA256 of
 * `id.timestamp.body`, in base64. A receiver computes the same over the raw body and compares in constant time.
 *
 * @param secret at least 24 bytes; the base64 behind `whsec_`, if it begins so, else its own bytes.
 * @param timestamp seconds since the epoch.
 */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** The bytes that a secret signs with: those of its base64 behind `whsec_`, else its own. */
export function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);
}

/** Whether a secret is 24 bytes at least, as the standard wants; what is no base64 would be read as next to nothing. */
export function isStrong(secret: string): boolean {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  return /^[A-Za-z0-9+/]*=*$/.test(encoded) && keyOf(secret).length >= 24;
}
