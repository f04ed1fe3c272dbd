import type { Address } from './address.ts';
import type { App } from './app.ts';
import { ParleyError } from './errors.ts';
import type { SendOutcome } from './outbox.ts';
import { personOf } from './profiles.ts';

/** What becomes of a message to somebody whom the app may not text; `undefined` when it may. */
export function notOnList({ id, onlyTo }: Pick<App, 'id' | 'onlyTo'>, to: Address): SendOutcome | undefined {
  if (onlyTo === undefined || onlyTo.includes(personOf(to))) return undefined;
  const { code, message: reason } = new ParleyError('error.platform.send.not-on-list', { app: id });
  return { kind: 'failed', code, reason, source: 'engine' };
}
