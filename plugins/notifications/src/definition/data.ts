import { ParleyError } from '@parley/core';
import type { Notification } from './notification.ts';

/**
 * Takes the data of a request.
 *
 * @throws `error.platform.notification.data-malformed`, with names and what is wrong, never with a value.
 */
export function takeData({ name, schema }: Notification, data: unknown): Readonly<Record<string, unknown>> {
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
    .join('; ');
  throw new ParleyError('error.platform.notification.data-malformed', { notification: name, problem });
}
