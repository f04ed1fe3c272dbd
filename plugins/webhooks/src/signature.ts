import { createHmac } from 'node:crypto';

/**
 * The signature of one delivery, as Standard Webhooks has it (https://www.standardwebhooks.com, version 1): HMAC-SHA256 of
 * `id.timestamp.body`, in base64. A receiver computes the same over the raw body and compares in constant time.
 *
 * @param secret at least 24 bytes; the base64 behind `whsec_`, if it begins so, else its own bytes.
 * @param timestamp seconds since the epoch.
 */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
