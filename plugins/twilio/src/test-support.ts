import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  address,
  type Clock,
  type Log,
  type LogFields,
  type MessageId,
  type OutgoingMessage,
  ParleyError,
  type ParsedWebhook,
  type SendOptions,
  type Transport,
  type TransportContext,
  type WebhookRequest,
} from '@parley/core';
import sdk from 'twilio';

/** For this package's tests: addresses of ours and of a person. */
export const OURS = address('+14155550100');
export const THEIRS = address('+14155550199');
export const SERVICE = address(`MG${'0'.repeat(32)}`);

export const ACCOUNT = `AC${'1'.repeat(32)}`;
export const TOKEN = 'a-token-of-tests';

/** A clock that stands still until it is told to go on. */
export interface TestClock extends Clock {
  /** Lets this many milliseconds pass, and calls what comes due on the way. */
  advance(milliseconds: number): void;
}

export function testClock(start = Date.parse('2026-11-23T12:00:00Z')): TestClock {
  let now = start;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now - start,
    setTimeout(callback, delay) {
      const timer = { at: now + delay, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((each) => each !== next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
  };
}

/** A log that keeps its lines. */
export function testLog(): Log & { readonly lines: readonly { fields: LogFields; message: string }[] } {
  const lines: { fields: LogFields; message: string }[] = [];
  const add = (fields: LogFields, message: string) => void lines.push({ fields, message });
  return { lines, debug: add, info: add, warn: add, error: add };
}

export function contextOf(patch: Partial<TransportContext> = {}): TransportContext {
  return {
    webhookUrl: 'https://bots.example.com/webhooks/twilio',
    localWebhookUrl: 'http://127.0.0.1:3000/webhooks/twilio',
    addresses: [OURS],
    emulate: 'never',
    receive: async () => ({ status: 204 }),
    clock: testClock(),
    log: testLog(),
    ...patch,
  };
}

let messages = 0;

export function outgoing(patch: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    id: `message-${++messages}` as MessageId,
    from: OURS,
    to: THEIRS,
    text: 'Your appointment is tomorrow.',
    media: [],
    createdAt: Date.parse('2026-11-23T12:00:00Z'),
    ...patch,
  };
}

export const never: AbortSignal = new AbortController().signal;
setMaxListeners(0, never);

export const sendOptions: SendOptions = { idempotencyKey: 'key', signal: never };

/** A request as Twilio would send it: form-encoded and signed. */
export function signedRequest(
  path: string,
  parameters: Record<string, string>,
  { token = TOKEN, url = 'https://bots.example.com/webhooks/twilio' }: { token?: string; url?: string } = {},
): WebhookRequest {
  return {
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': sdk.getExpectedTwilioSignature(token, url + path, parameters),
    },
    body: Buffer.from(new URLSearchParams(parameters).toString()),
  };
}

/** One request that a {@link webhookServer} got. */
export interface Received {
  readonly path: string;
  readonly headers: WebhookRequest['headers'];
  readonly form: Record<string, string>;
  readonly parsed: ParsedWebhook | undefined;
  readonly status: number;
}

/** What a server does with a request: answer with this status, `drop` the connection, or let it `hang`. */
export type Behaviour = number | 'drop' | 'hang';

/** A server for webhooks that hands them to a transport, as the real one does. */
export interface WebhookServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** The transport to hand requests to; without one they are only noted. */
  transport: Transport | undefined;
  /** What to do with the next requests instead, in order. */
  readonly behaviours: Behaviour[];
  /** Called for each request. */
  onRequest: (() => void) | undefined;
  close(): Promise<void>;
}

export async function webhookServer(): Promise<WebhookServer> {
  const received: Received[] = [];
  const behaviours: Behaviour[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = (request.url ?? '/').replace('/webhooks/twilio', '');
    const body = Buffer.concat(chunks);
    const behaviour = behaviours.shift();
    const { status, parsed } = await handle(behaviour, self.transport, {
      method: request.method ?? '',
      path,
      headers: request.headers,
      body,
    });
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    received.push({ path, headers: request.headers, form, parsed, status });
    self.onRequest?.();
    if (behaviour === 'hang') return;
    if (behaviour === 'drop') request.socket.destroy();
    else response.writeHead(status).end(parsed?.reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const self: WebhookServer = {
    url: `http://127.0.0.1:${port}/webhooks/twilio`,
    received,
    transport: undefined,
    behaviours,
    onRequest: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

async function handle(
  behaviour: Behaviour | undefined,
  transport: Transport | undefined,
  request: WebhookRequest,
): Promise<{ status: number; parsed: ParsedWebhook | undefined }> {
  if (typeof behaviour === 'number') return { status: behaviour, parsed: undefined };
  if (behaviour !== undefined || transport === undefined) return { status: 200, parsed: undefined };
  try {
    await transport.webhooks.verify(request);
    const parsed = transport.webhooks.parse(request);
    return { status: parsed.reply.status, parsed };
  } catch (error) {
    return { status: error instanceof ParleyError ? error.status : 500, parsed: undefined };
  }
}

/** The statuses that were called back, in order. */
export function statusesOf(received: readonly Received[]): readonly string[] {
  return received.flatMap(({ form }) => form.MessageStatus ?? []);
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not reject');
}
