import { createHash, timingSafeEqual } from 'node:crypto';
import { ParleyError } from '@parley/core';

/** What lets a program in over HTTP. From the environment, not from the code. */
export interface ApiKey {
  /** At least 24 characters. */
  readonly key: string;
  /** The notifications that it may send, by name. Default: all. */
  readonly notifications?: readonly string[];
}

/** What a caller may do. */
export interface Permission {
  /** @throws `error.platform.notification.forbidden` */
  require(notification: string): void;
}

/**
 * Looks whom a request is from.
 *
 * @param authorization the header of that name.
 * @throws `error.platform.notification.unauthorized`
 */
export function permissionOf(keys: readonly ApiKey[], authorization: string): Permission {
  const given = digest(/^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '');
  // All are compared, and whole: how long that takes tells nothing of them.
  const matching = keys.filter(({ key }) => timingSafeEqual(digest(key), given));
  const [known] = matching;
  if (known === undefined) throw new ParleyError('error.platform.notification.unauthorized');
  return {
    require(notification) {
      if (known.notifications?.includes(notification) ?? true) return;
      throw new ParleyError('error.platform.notification.forbidden', { notification });
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
