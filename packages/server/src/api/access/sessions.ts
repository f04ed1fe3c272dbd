import { createHash, randomBytes } from 'node:crypto';
import type Keyv from 'keyv';

/** Who a session belongs to; what they may do is looked up at every request, so that a change of the configuration holds at once. */
export type SessionOwner =
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'openId'; readonly email: string };

/** How long a session lasts, in milliseconds. */
export const SESSION_LIFE = 12 * 3_600_000;

/** Sessions of browsers. Only a hash of what the browser holds is stored. */
export interface Sessions {
  /** Begins one and answers what the browser is to hold. */
  begin(owner: SessionOwner): Promise<string>;
  ownerOf(token: string): Promise<SessionOwner | undefined>;
  end(token: string): Promise<void>;
}

export function createSessions(keyv: Keyv): Sessions {
  const keyOf = (token: string) => `session:${createHash('sha256').update(token).digest('base64url')}`;
  return {
    async begin(owner) {
      const token = randomBytes(32).toString('base64url');
      await keyv.set(keyOf(token), owner, SESSION_LIFE);
      return token;
    },
    ownerOf: (token) => keyv.get<SessionOwner>(keyOf(token)),
    async end(token) {
      await keyv.delete(keyOf(token));
    },
  };
}
