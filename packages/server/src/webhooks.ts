import { type Engine, ParleyError, type WebhookReply } from '@parley/core';
import type { Context } from 'koa';
import { readBody } from './body.ts';

/** 64 KB. Twilio's largest webhook, a text of 1,600 characters with ten pictures, is well below half of that. */
export const DEFAULT_BODY_LIMIT = 64 * 1024;

const PREFIX = '/webhooks/';

/** The transport that a path belongs to and what follows it; `undefined` when it is no webhook's path. */
export function parseWebhookPath(path: string): { readonly transport: string; readonly rest: string } | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const end = path.indexOf('/', PREFIX.length);
  if (end === -1) return { transport: path.slice(PREFIX.length), rest: '' };
  return { transport: path.slice(PREFIX.length, end), rest: path.slice(end) };
}

/**
 * Takes in one webhook and answers as the engine says. The body is read by hand, as the bytes that came, since signatures
 * are made over them and since this is the one path where every microsecond counts.
 *
 * @throws a `ParleyError`, or whatever the engine threw.
 */
export async function receiveWebhook(engine: Engine, context: Context, path: string, limit: number): Promise<void> {
  const parsed = parseWebhookPath(path);
  if (parsed === undefined || !Object.hasOwn(engine.organization.transports, parsed.transport)) {
    throw new ParleyError('error.platform.webhook.not-found');
  }
  const body = await bodyOf(context, limit);
  if (body === undefined) return;
  const { search } = context;
  const reply = await engine.receive(parsed.transport, {
    method: context.method,
    path: parsed.rest + search,
    headers: context.req.headers,
    body,
  });
  answer(context, reply);
}

/** The raw body; `undefined` when there is nobody left to answer. */
async function bodyOf(context: Context, limit: number): Promise<Uint8Array | undefined> {
  const parsed = bodyOfParser(context);
  if (parsed !== undefined) {
    if (parsed.length > limit) throw new ParleyError('error.platform.webhook.too-large', { limit });
    return parsed;
  }
  const read = await readBody(context.req, limit);
  switch (read.kind) {
    case 'whole':
      return read.body;
    case 'too-large':
      // What is still on its way would be taken for the next request.
      if (!read.drained) context.set('Connection', 'close');
      throw new ParleyError('error.platform.webhook.too-large', { limit });
    case 'aborted':
      context.respond = false;
      return undefined;
  }
}

/** In somebody's own Koa app a body parser may have been there first; most keep the raw body. */
function bodyOfParser(context: Context): Uint8Array | undefined {
  const { request } = context as { readonly request: { readonly rawBody?: unknown } };
  if (typeof request.rawBody === 'string') return Buffer.from(request.rawBody);
  if (request.rawBody instanceof Uint8Array) return request.rawBody;
  if (context.req.readableEnded) throw new ParleyError('error.platform.server.body-consumed');
  return undefined;
}

function answer(context: Context, reply: WebhookReply): void {
  context.status = reply.status;
  if (reply.body === undefined) {
    context.body = null;
    context.status = reply.status;
    return;
  }
  context.set('Content-Type', reply.contentType ?? 'text/plain; charset=utf-8');
  context.body = reply.body;
}
