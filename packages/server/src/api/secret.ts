import { randomBytes } from 'node:crypto';
import type { Storage } from '@parley/core';

/** Longer than anybody will wait, in milliseconds. */
const FOR_EVER = 100 * 366 * 86_400_000;

/** A secret that all processes of a storage share: whoever needs it first draws it. */
export async function sharedSecret(storage: Pick<Storage, 'claim'>): Promise<Buffer> {
  const secret = await storage.claim('console:secret', randomBytes(32).toString('base64url'), FOR_EVER);
  return Buffer.from(secret, 'base64url');
}
