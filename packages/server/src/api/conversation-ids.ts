import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type ConversationKey, ParleyError } from '@parley/core';

/**
 * What stands for a conversation in addresses of the API: its key holds a person's number, which has no place in a log of requests
 * or in a viewer's browser. The same key always has the same id, and nobody else can make one.
 */
export interface ConversationIds {
  idOf(key: ConversationKey): string;
  /** @throws `error.platform.conversation.unknown` */
  keyOf(id: string): ConversationKey;
}

const TAG = 16;

/** Encrypts with an initial value that is made of the key itself (SIV, as in RFC 5297), so that equal keys look equal and nothing else shows. */
export function createConversationIds(secret: Buffer): ConversationIds {
  const derived = Buffer.from(hkdfSync('sha256', secret, '', 'conversation ids', 64));
  const encrypting = derived.subarray(0, 32);
  const signing = derived.subarray(32);
  const tagOf = (key: Buffer) => createHmac('sha256', signing).update(key).digest().subarray(0, TAG);

  return {
    idOf(key) {
      const plain = Buffer.from(key);
      const tag = tagOf(plain);
      const cipher = createCipheriv('aes-256-ctr', encrypting, tag);
      return Buffer.concat([tag, cipher.update(plain), cipher.final()]).toString('base64url');
    },
    keyOf(id) {
      const bytes = Buffer.from(id, 'base64url');
      if (bytes.length <= TAG) throw new ParleyError('error.platform.conversation.unknown');
      const tag = bytes.subarray(0, TAG);
      const decipher = createDecipheriv('aes-256-ctr', encrypting, tag);
      const plain = Buffer.concat([decipher.update(bytes.subarray(TAG)), decipher.final()]);
      if (!timingSafeEqual(tag, tagOf(plain))) throw new ParleyError('error.platform.conversation.unknown');
      return plain.toString() as ConversationKey;
    },
  };
}
