import type { Clock } from '@parley/core';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { Agent, type Dispatcher } from 'undici';

/** How the API is reached. */
export interface HttpSettings {
  /** In place of https://api.twilio.com. */
  readonly baseUrl: string | undefined;
  /** Milliseconds for one call as a whole. */
  readonly timeout: number;
  /**
   * Whose time the timeout is of. Not the engine's clock: a network takes the time it takes, also where a test lets a
   * month pass at once.
   */
  readonly networkClock: Clock;
  readonly connectTimeout: number;
  readonly connections: number;
}

/** What the SDK leaves out when it throws. */
export interface CallTrace {
  /** Milliseconds that the answer asked us to wait. */
  retryAfter?: number;
  /** Our own deadline has passed. */
  timedOut: boolean;
  /** The request was handed to the pool; before that Twilio can not have seen it. */
  begun: boolean;
}

/** The connections to Twilio that one account shares. */
export function createPool(settings: HttpSettings): Agent {
  return new Agent({
    connections: settings.connections,
    pipelining: 1,
    connect: { timeout: settings.connectTimeout },
    headersTimeout: settings.timeout,
    bodyTimeout: settings.timeout,
    // A request on a connection that the other side is just closing would leave a message in doubt.
    keepAliveTimeout: 5_000,
  });
}

/**
 * An HTTP client for the SDK, good for one call: the SDK can neither pass a signal on nor hand headers back, so each
 * call gets its own over the shared pool (some 40 µs).
 *
 * Nothing is tried twice here: whether that is safe, the one who asked decides.
 */
export function requestClient(
  pool: Dispatcher,
  settings: HttpSettings,
  signal: AbortSignal,
  trace: CallTrace,
): RequestClient {
  const client = {
    async request(options: RequestClient.RequestOptions) {
      signal.throwIfAborted();
      const url = target(options, settings.baseUrl);
      const deadline = new AbortController();
      const abort = () => deadline.abort(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      const cancel = settings.networkClock.setTimeout(() => {
        trace.timedOut = true;
        deadline.abort();
      }, settings.timeout);
      try {
        trace.begun = true;
        const response = await pool.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method: options.method.toUpperCase() as Dispatcher.HttpMethod,
          headers: headersOf(options),
          body: options.data === undefined ? null : formOf(options.data).toString(),
          signal: deadline.signal,
        });
        const wait = retryAfter(response.headers['retry-after'], settings.networkClock.now());
        if (wait !== undefined) trace.retryAfter = wait;
        const body = await response.body.text();
        return { statusCode: response.statusCode, body, headers: response.headers };
      } finally {
        cancel();
        signal.removeEventListener('abort', abort);
      }
    },
  };
  // The SDK's type is its axios class with private parts; all that the SDK ever calls is `request`.
  return client as unknown as RequestClient;
}

function target(options: RequestClient.RequestOptions, baseUrl: string | undefined): URL {
  const url = new URL(options.uri);
  if (options.params !== undefined) {
    for (const [name, value] of formOf(options.params)) url.searchParams.append(name, value);
  }
  if (baseUrl === undefined) return url;
  const base = new URL(baseUrl);
  return new URL(base.pathname.replace(/\/$/, '') + url.pathname + url.search, base);
}

function headersOf(options: RequestClient.RequestOptions): Record<string, string> {
  const headers: Record<string, string> = { ...options.headers };
  if (options.username !== undefined && options.password !== undefined) {
    headers.Authorization = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`;
  }
  return headers;
}

/** A list becomes the same parameter several times, as Twilio wants it. */
function formOf(values: object): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) form.append(name, String(item));
    }
  }
  return form;
}

/** Seconds or a date, as RFC 9110 has it. */
export function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined || value === '') return undefined;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
