import { codeOf } from '@parley/core';
import { type Dispatcher, request } from 'undici';
import type { WebhookEvent } from './events.ts';
import { signatureOf } from './signature.ts';
import type { Endpoint } from './webhooks.ts';

export interface PostOptions {
  /** The time, milliseconds since the epoch. */
  readonly now: number;
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
}

/**
 * Tells an endpoint of an event. Redirects are not followed: an event goes where the configuration says, or nowhere.
 *
 * @returns why it was not taken: `HTTP 503`, `ECONNREFUSED`, `TimeoutError`; nothing of what was said.
 */
export async function post(
  { url, secret }: Pick<Endpoint, 'url' | 'secret'>,
  event: WebhookEvent,
  { now, dispatcher, signal }: PostOptions,
): Promise<string | undefined> {
  const body = JSON.stringify(event);
  const timestamp = Math.floor(now / 1000);
  try {
    const response = await request(url, {
      ...{ method: 'POST', body, dispatcher, signal },
      headers: {
        'content-type': 'application/json',
        'webhook-id': event.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatureOf(secret, event.id, timestamp, body),
      },
    });
    // The status is the answer. What follows is thrown away, and cut off where it is long or takes longer than the signal.
    await response.body.dump();
    return response.statusCode >= 200 && response.statusCode < 300 ? undefined : `HTTP ${response.statusCode}`;
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error);
  }
}
