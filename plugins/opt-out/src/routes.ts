import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ParleyError, type PluginContext } from '@parley/core';
import * as z from 'zod';
import type { Operator } from './operator.ts';

/** How large a request may be, in bytes. */
const LIMIT = 16 * 1024;

const number = z.string().min(1).max(100);
const words = z.string().trim().min(1).max(1_600);
const optOutRequest = z.strictObject({ number, app: z.string().min(1).optional(), note: words.optional() });
const optInRequest = z.strictObject({ number, app: z.string().min(1).optional(), because: words.optional() });

/**
 * The API for consoles and CRMs, under `/plugins/opt-out`, with `Authorization: Bearer <key>`: `GET /reviews`, `GET /people/<number>`,
 * `POST /opt-out` and `POST /opt-in` with JSON. Throws `error.platform.opt-out.unauthorized` and `error.platform.opt-out.malformed`, which the server
 * answers with.
 */
export function addRoutes(router: PluginContext['router'], operator: Operator, apiKey: string): void {
  const expected = digest(apiKey);

  router.use(async (context, next) => {
    const [, given = ''] = /^Bearer (.+)$/i.exec(context.get('authorization')) ?? [];
    // Digests are equally long and compared in constant time: how long it takes says nothing of the key.
    if (!timingSafeEqual(digest(given), expected)) throw new ParleyError('error.platform.opt-out.unauthorized');
    // What is in here concerns persons.
    context.set('cache-control', 'no-store');
    await next();
  });
  router.get('/reviews', async (context) => {
    context.body = { reviews: await operator.reviews() };
  });
  router.get('/people/:number', async (context) => {
    context.body = await operator.status(context.params.number ?? '');
  });
  router.post('/opt-out', async (context) => {
    const { number: to, app, note } = parse(optOutRequest, await readJson(context.req));
    context.body = await operator.optOut(to, { ...(app && { app }), ...(note && { note }) });
  });
  router.post('/opt-in', async (context) => {
    const { number: to, app, because } = parse(optInRequest, await readJson(context.req));
    context.body = await operator.optIn(to, { ...(app && { app }), ...(because && { because }) });
  });
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // The path and the rule, never the value: it may be a number or what somebody has said.
  const [issue] = parsed.error.issues;
  throw malformed(`${issue?.path.join('.') || 'the body'} is not right (${issue?.code ?? 'unknown'})`);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > LIMIT) throw malformed(`it is larger than ${LIMIT} bytes`);
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw malformed('it is not JSON');
  }
}

function malformed(problem: string): ParleyError {
  return new ParleyError('error.platform.opt-out.malformed', { problem });
}
