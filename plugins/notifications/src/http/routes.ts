import type { IncomingMessage } from 'node:http';
import { ParleyError, type PluginContext } from '@parley/core';
import * as z from 'zod';
import { readNdjson } from '../broadcast/lines.ts';
import type { BroadcastProgress } from '../broadcast/progress.ts';
import type { ListLine } from '../broadcast/recipient.ts';
import { readTable } from '../broadcast/table.ts';
import type { Notification } from '../definition/notification.ts';
import type { Notified } from '../outcome.ts';
import { type LocalTime, timeZoneSchema, whenSchema } from '../schedule.ts';
import { type ApiKey, type Permission, permissionOf } from './api-keys.ts';

/** What the routes are answered by. */
export interface Service {
  notificationOf(name: string): Notification;
  notify(request: {
    readonly notification: string;
    readonly to: string;
    readonly data?: unknown;
    readonly app?: string | undefined;
    readonly at?: number | LocalTime | undefined;
    readonly idempotencyKey?: string | undefined;
    readonly wait?: number | undefined;
  }): Promise<Notified>;
  broadcast(request: {
    readonly notification: string;
    readonly app?: string | undefined;
    readonly at?: number | LocalTime | undefined;
    readonly idempotencyKey?: string | undefined;
    readonly lines: AsyncIterable<ListLine>;
  }): Promise<BroadcastProgress>;
  progress(id: string): Promise<BroadcastProgress>;
  cancel(id: string): Promise<BroadcastProgress>;
}

/** In bytes: of a request for one notification. Lists are read a piece at a time. */
const LONGEST_BODY = 65_536;

const LONGEST_WAIT = 30_000;

export const keySchema: z.ZodString = z.string().min(1).max(200);

const notifySchema = z.strictObject({
  notification: z.string(),
  to: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
  app: z.string().optional(),
  at: whenSchema.optional(),
  idempotencyKey: keySchema.optional(),
  wait: z.number().int().min(0).max(LONGEST_WAIT).optional(),
});

const broadcastSchema = z.strictObject({
  notification: z.string(),
  app: z.string().optional(),
  at: whenSchema.optional(),
  date: z.string().optional(),
  time: z.string().optional(),
  timeZone: timeZoneSchema.optional(),
  idempotencyKey: keySchema.optional(),
});

/** As much of Koa's context as the routes use. */
interface RouteContext {
  readonly req: IncomingMessage;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly params: Readonly<Record<string, string>>;
  body: unknown;
  status: number;
  get(header: string): string;
  set(header: string, value: string): void;
  remove(header: string): void;
  is(...types: string[]): string | false | null;
}

/** Puts the routes of notifications where the server of the engine serves them. */
export function addRoutes(router: PluginContext['router'], keys: readonly ApiKey[], service: Service): void {
  function enter(context: RouteContext): Permission {
    context.set('Cache-Control', 'no-store');
    context.set('WWW-Authenticate', 'Bearer');
    const permission = permissionOf(keys, context.get('Authorization'));
    context.remove('WWW-Authenticate');
    return permission;
  }

  async function progressFor(context: RouteContext): Promise<BroadcastProgress> {
    const permission = enter(context);
    const progress = await service.progress(context.params.id ?? '');
    permission.require(progress.notification);
    return progress;
  }

  router.post('/notify', async (context: RouteContext) => {
    const permission = enter(context);
    const request = parse(notifySchema, withKey(context, parseJson(await textOf(context.req))));
    permission.require(request.notification);
    context.body = await service.notify(request);
  });

  router.post('/broadcasts', async (context: RouteContext) => {
    const permission = enter(context);
    const { date, time, timeZone, at, ...request } = parse(broadcastSchema, withKey(context, context.query));
    permission.require(request.notification);
    const isLocal = date !== undefined || time !== undefined;
    const when = isLocal ? parse(whenSchema, withoutUndefined({ date, time, timeZone })) : at;
    const lines = linesOf(context, service.notificationOf(request.notification));
    context.body = await service.broadcast({ ...request, at: when, lines });
    context.status = 202;
  });

  router.get('/broadcasts/:id', async (context: RouteContext) => {
    context.body = await progressFor(context);
  });

  router.post('/broadcasts/:id/cancel', async (context: RouteContext) => {
    const { id } = await progressFor(context);
    context.body = await service.cancel(id);
  });
}

/** The key is a field or, as other APIs have it, a header. */
function withKey(context: RouteContext, fields: unknown): unknown {
  const key = context.get('Idempotency-Key');
  return key === '' || typeof fields !== 'object' ? fields : { idempotencyKey: key, ...fields };
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('the body is no JSON');
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw malformed(
    parsed.error.issues
      .map(({ path, message }) => [path.map(String).join('.'), message].filter(Boolean).join(': '))
      .join('; '),
  );
}

export function malformed(problem: string): ParleyError {
  return new ParleyError('error.platform.notification.request-malformed', { problem });
}

function linesOf(context: RouteContext, notification: Notification): AsyncIterable<ListLine> {
  switch (context.is('application/x-ndjson', 'text/csv')) {
    case 'application/x-ndjson':
      return readNdjson(bytesOf(context.req));
    case 'text/csv':
      return readTable(notification, bytesOf(context.req));
    default:
      throw new ParleyError('error.platform.notification.media-type');
  }
}

/** The body of a request as it comes in; leaves the connection open when it is not read to its end. */
async function* bytesOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  if (request.readableEnded) throw new ParleyError('error.platform.server.body-consumed');
  try {
    yield* request.iterator({ destroyOnReturn: false });
  } catch {
    throw malformed('the body broke off');
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytesOf(request)) {
    size += chunk.length;
    if (size > LONGEST_BODY) throw new ParleyError('error.platform.notification.too-large', { limit: LONGEST_BODY });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
