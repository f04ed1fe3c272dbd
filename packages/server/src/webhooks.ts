import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Engine, type Log, ParleyError, type WebhookReply } from '@parley/core';
import { answerTo, logEntryFor } from './answer.ts';
import { readBody } from './body.ts';

/** 64 KB. Twilio's largest webhook, a text of 1,600 characters with ten pictures, is well below half of that. */
export const DEFAULT_BODY_LIMIT = 64 * 1024;

const PREFIX = '/webhooks/';

/** Whether a path, with or without a query, is that of a webhook. */
export function isWebhookPath(url: string): boolean {
  return url.startsWith(PREFIX);
}

/**
 * Takes in one webhook and answers as the engine says; never rejects.
 *
 * It works on node's own request and response, without Koa's: this is the one path where every microsecond counts, and the
 * body has to be read as the bytes that came, since signatures are made over them.
 *
 * @param url path and query, from `/webhooks/` on.
 * @param read the raw body where somebody has read it already, `gone` where they have not kept it.
 */
export type WebhookHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  read?: Uint8Array | 'gone',
) => Promise<void>;

export interface WebhookOptions {
  /** The largest body that is read, in bytes. */
  readonly limit: number;
  readonly log: Log;
  /** Once aborted, connections are not kept. */
  readonly signal: AbortSignal;
}

export function createWebhookHandler(engine: Engine, { limit, log, signal }: WebhookOptions): WebhookHandler {
  async function receive(request: IncomingMessage, response: ServerResponse, url: string, read?: Uint8Array | 'gone') {
    const { transport, rest } = splitWebhookUrl(url);
    if (!Object.hasOwn(engine.organization.transports, transport)) {
      throw new ParleyError('error.platform.webhook.not-found');
    }
    if (read === 'gone') throw new ParleyError('error.platform.server.body-consumed');
    const body = read ?? (await bodyOf(request, response, limit));
    if (body === undefined) return undefined;
    if (body.length > limit) throw new ParleyError('error.platform.webhook.too-large', { limit });
    return engine.receive(transport, { method: request.method ?? '', path: rest, headers: request.headers, body });
  }

  return async (request, response, url, read) => {
    if (signal.aborted) response.setHeader('Connection', 'close');
    try {
      const reply = await receive(request, response, url, read);
      if (reply !== undefined) answer(response, reply);
    } catch (error) {
      fail(response, error, `${PREFIX}${splitWebhookUrl(url).transport}`, log);
    }
  };
}

/** The transport that a webhook's URL belongs to, and what follows it: `/inbound?…`. */
export function splitWebhookUrl(url: string): { readonly transport: string; readonly rest: string } {
  const end = url.slice(PREFIX.length).search(/[/?]/);
  if (end === -1) return { transport: url.slice(PREFIX.length), rest: '' };
  return { transport: url.slice(PREFIX.length, PREFIX.length + end), rest: url.slice(PREFIX.length + end) };
}

/** The raw body; `undefined` when there is nobody left to answer. */
async function bodyOf(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<Uint8Array | undefined> {
  const read = await readBody(request, limit);
  switch (read.kind) {
    case 'whole':
      return read.body;
    case 'too-large':
      // What is still on its way would be taken for the next request.
      if (!read.drained) response.setHeader('Connection', 'close');
      throw new ParleyError('error.platform.webhook.too-large', { limit });
    case 'aborted':
      return undefined;
  }
}

function answer(response: ServerResponse, { status, contentType, body }: WebhookReply): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response
    .writeHead(status, {
      'Content-Type': contentType ?? 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'X-Content-Type-Options': 'nosniff',
    })
    .end(body);
}

function fail(response: ServerResponse, error: unknown, route: string, log: Log): void {
  const { status, body } = answerTo(error);
  const { level, fields } = logEntryFor(error, { status, body });
  log[level]({ ...fields, route }, 'A webhook failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.setHeader('Cache-Control', 'no-store');
  answer(response, { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) });
}
