/** How Twilio calls one webhook; what the fragment of its URL can change. */
export interface RetryOptions {
  /** Milliseconds for connecting, for the answer, and for all tries together. */
  readonly connect: number;
  readonly read: number;
  readonly total: number;
  readonly retries: number;
  readonly policy: ReadonlySet<string>;
}

/** How a try went wrong: could not connect, no answer in time, or an answer that says no. */
export type WebhookFailure = 'ct' | 'rt' | '4xx' | '5xx';

/**
 * Takes the fragment off a webhook's URL and reads it: `#rc=2&rp=all`. It is neither sent nor signed. Keys that are
 * not known are ignored and values brought into Twilio's bounds.
 *
 * Source: "connection overrides" (docs/reference/twilio.md, section Retries).
 */
export function readRetryOptions(webhook: string): { readonly url: string; readonly options: RetryOptions } {
  const mark = webhook.indexOf('#');
  const url = mark === -1 ? webhook : webhook.slice(0, mark);
  const fragment = new URLSearchParams(mark === -1 ? '' : webhook.slice(mark + 1));
  const number = (key: string, otherwise: number, least: number, most: number): number => {
    const value = Number(fragment.get(key) ?? Number.NaN);
    return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
  };
  return {
    url,
    options: {
      connect: number('ct', 5_000, 100, 10_000),
      read: number('rt', 15_000, 100, 15_000),
      total: number('tt', 15_000, 100, 15_000),
      retries: number('rc', 1, 0, 5),
      policy: new Set((fragment.get('rp') ?? 'ct').split(',')),
    },
  };
}

/** Whether to call again: by default only when there was no connection, and only once. */
export function retries(failure: WebhookFailure, attempt: number, elapsed: number, options: RetryOptions): boolean {
  if (attempt > options.retries || elapsed >= options.total) return false;
  return options.policy.has('all') || options.policy.has(failure);
}

/** What an answer means for retries; `undefined`: all is well. */
export function failureOf(status: number): WebhookFailure | undefined {
  if (status >= 500) return '5xx';
  return status >= 400 ? '4xx' : undefined;
}
