import { setMaxListeners } from 'node:events';
import { type Clock, type Log, maskAddress } from '@parley/core';
import sdk from 'twilio';
import { Agent } from 'undici';
import { failureOf, type RetryOptions, readRetryOptions, retries, type WebhookFailure } from './retry-options.ts';

/** Calls the webhooks of the account as Twilio does: signed, with its time-outs, retries and fallback. */
export interface WebhookCaller {
  /** Resolves to the status of the last answer, 0 when there was none. Never rejects. */
  call(webhook: WebhookCall): Promise<number>;
  close(): Promise<void>;
}

export interface WebhookCall {
  readonly url: string;
  /** Called in its place when it fails for good. */
  readonly fallbackUrl?: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

interface CallerSettings {
  readonly authToken: string;
  readonly clock: Clock;
  readonly log: Log;
  /** One for each call, the same for its retries. */
  readonly newToken: () => string;
}

type Attempt = { readonly status: number; readonly failure: WebhookFailure | undefined };

export function createWebhookCaller({ authToken, clock, log, newToken }: CallerSettings): WebhookCaller {
  // undici takes the time to connect by agent; there are as many as there are fragments that set it.
  const agents = new Map<number, Agent>();
  const closing = new AbortController();
  // Every call under way listens.
  setMaxListeners(0, closing.signal);

  function agentFor(connect: number): Agent {
    const agent = agents.get(connect) ?? new Agent({ connect: { timeout: connect }, connections: 50 });
    agents.set(connect, agent);
    return agent;
  }

  async function attempt(
    url: string,
    body: string,
    headers: Record<string, string>,
    options: RetryOptions,
    left: number,
  ) {
    const deadline = new AbortController();
    const abort = () => deadline.abort();
    const cancel = clock.setTimeout(abort, Math.min(options.read, left));
    closing.signal.addEventListener('abort', abort, { once: true });
    try {
      const { origin, pathname, search } = new URL(url);
      const answer = await agentFor(options.connect).request({
        origin,
        path: pathname + search,
        method: 'POST',
        headers,
        body,
        signal: deadline.signal,
      });
      await answer.body.dump();
      return { status: answer.statusCode, failure: failureOf(answer.statusCode) };
    } catch (error) {
      return { status: 0, failure: isConnectFailure(error) ? 'ct' : 'rt' } as const;
    } finally {
      cancel();
      closing.signal.removeEventListener('abort', abort);
    }
  }

  async function callOne(webhook: string, parameters: WebhookCall['parameters']): Promise<Attempt> {
    const { url, options } = readRetryOptions(webhook);
    const body = new URLSearchParams(parameters).toString();
    const token = newToken();
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1 (Parley emulator)',
      accept: '*/*',
      'x-twilio-signature': sdk.getExpectedTwilioSignature(authToken, url, parameters),
      ...authorization(url),
    };
    const start = clock.monotonic();
    for (let tries = 1; ; tries++) {
      const retried = tries === 1 ? {} : { 'i-twilio-idempotency-token': token };
      const left = options.total - (clock.monotonic() - start);
      const result = await attempt(url, body, { ...headers, ...retried }, options, left);
      const { failure } = result;
      if (failure === undefined || closing.signal.aborted) return result;
      if (!retries(failure, tries, clock.monotonic() - start, options)) return result;
    }
  }

  return {
    async call({ url, fallbackUrl, parameters }) {
      const result = await callOne(url, parameters);
      if (result.failure === undefined || closing.signal.aborted) return result.status;
      const sid = parameters.MessageSid ?? '';
      log.warn(
        { sid: maskAddress(sid), status: result.status, code: '11200' },
        'The emulated Twilio could not deliver a webhook',
      );
      if (fallbackUrl === undefined) return result.status;
      const fallback = await callOne(fallbackUrl, {
        ...parameters,
        ErrorCode: '11200',
        ErrorUrl: withoutFragment(url),
      });
      return fallback.status;
    },
    async close() {
      closing.abort();
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

function authorization(url: string): Record<string, string> {
  const { username, password } = new URL(url);
  if (username === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? '';
}

function isConnectFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')) return true;
  return 'code' in error && (error.code === 'UND_ERR_CONNECT_TIMEOUT' || error.code === 'ECONNREFUSED');
}
