import { type Engine, type Log, ParleyError } from '@parley/core';
import type { Context, Middleware } from 'koa';
import { answerTo, logEntryFor } from './answer.ts';
import { createApi } from './api/api.ts';
import { createConsole } from './console/console.ts';
import { alive, readiness } from './health.ts';
import { createIds } from './ids.ts';
import { createLog } from './log/create-log.ts';
import { createPhone, type PhoneOptions } from './phone/phone.ts';
import type { PluginRouters } from './plugin-routers.ts';
import { VERSION } from './version.ts';
import { createWebhookHandler, DEFAULT_BODY_LIMIT, isWebhookPath } from './webhooks.ts';

/** What {@link parleyMiddleware} takes. */
export interface ParleyMiddlewareOptions {
  /** Default: {@link createLog} at `info`, to standard output. */
  readonly log?: Log;
  /**
   * Whether to serve the phone page under `/phone`; for development, since everybody who reaches it can text as anybody. `true`
   * answers this computer only. Default `false`.
   */
  readonly phone?: boolean | PhoneOptions;
  /** The largest webhook that is read, in bytes. Default 65,536. */
  readonly bodyLimit?: number;
  /**
   * Whether the console and the API under `/console` and `/api` are open to this computer without signing in; for development. Default
   * `false`: only to those whom the organization's `access` names.
   */
  readonly openConsole?: boolean;
  /** The routes of plugins. Default: none. */
  readonly plugins?: PluginRouters;
  /** Where all routes begin, such as `/bots`; not needed under koa-mount. Default: at the root. */
  readonly prefix?: string;
  /** Once aborted, `/readyz` answers 503, event streams end and connections are not kept. */
  readonly signal?: AbortSignal;
}

/**
 * Everything that Parley serves, as one middleware for somebody's own Koa app: `/webhooks/<transport>/…`, `/healthz`,
 * `/readyz`, `/plugins/<name>/…`, `/console`, `/api/v1/…` and, in development, `/phone`. Paths that are not Parley's go on to the next middleware.
 *
 * ```ts
 * const app = new Koa();
 * app.use(parleyMiddleware(engine)); // ahead of body parsers
 * ```
 */
export function parleyMiddleware(engine: Engine, options: ParleyMiddlewareOptions = {}): Middleware {
  const log = options.log ?? createLog();
  const prefix = (options.prefix ?? '').replace(/\/+$/, '');
  const signal = options.signal ?? new AbortController().signal;
  const receiveWebhook = createWebhookHandler(engine, { limit: options.bodyLimit ?? DEFAULT_BODY_LIMIT, log, signal });
  const pluginRoutes = options.plugins?.routes();
  const newId = createIds();
  const api = createApi(engine, {
    ...{ log, signal, prefix, newId, version: VERSION, open: options.openConsole ?? false },
    phone: Boolean(options.phone),
  });
  const console = createConsole(prefix);
  const phone = options.phone
    ? createPhone(engine, { log, signal, ...(options.phone === true ? {} : options.phone) })
    : undefined;

  /** Whether the path was answered; what was not goes on to the next middleware. */
  async function route(context: Context, path: string): Promise<boolean> {
    if (path === '/healthz') return answerProbe(context, alive);
    if (path === '/readyz') return answerProbe(context, await readiness(engine, signal.aborted));
    if (path.startsWith('/plugins/')) return pluginRoutes !== undefined && runUnder(context, path, pluginRoutes);
    if (path === '/console' || path.startsWith('/console/')) return console(context, path);
    if (path.startsWith(API_ROOT)) return answerApi(context, path.slice(API_ROOT.length));
    return (await phone?.(context, path)) ?? false;
  }

  async function answerApi(context: Context, path: string): Promise<true> {
    await api(context, `/${path}`);
    return true;
  }

  return async (context, next) => {
    const path = pathUnder(prefix, pathOf(context));
    if (path === undefined || !isOurs(path)) return next();
    if (isWebhookPath(path)) {
      const body = bodyOfParser(context);
      context.respond = false;
      return receiveWebhook(context.req, context.res, path + context.search, body);
    }
    if (signal.aborted) context.set('Connection', 'close');
    context.set('X-Content-Type-Options', 'nosniff');
    let answered = true;
    try {
      answered = await route(context, path);
    } catch (error) {
      fail(context, error, routeOf(path), log);
    }
    // Outside of `try`: the errors of other people's middleware are theirs to handle.
    if (!answered) return next();
    log.debug({ method: context.method, route: routeOf(path), status: context.status }, 'Answered a request');
  };
}

/** In somebody's own Koa app a body parser may have been there first; most keep the raw body. */
function bodyOfParser(context: Context): Uint8Array | 'gone' | undefined {
  const { request } = context as { readonly request: { readonly rawBody?: unknown } };
  if (typeof request.rawBody === 'string') return Buffer.from(request.rawBody);
  if (request.rawBody instanceof Uint8Array) return request.rawBody;
  return context.req.readableEnded ? 'gone' : undefined;
}

const API_ROOT = '/api/v1/';
const ROOTS = ['/webhooks/', '/plugins/', '/phone/', '/console/', API_ROOT];
const PATHS = ['/healthz', '/readyz', '/phone', '/console'];

function isOurs(path: string): boolean {
  return ROOTS.some((root) => path.startsWith(root)) || PATHS.includes(path);
}

/** The first two parts of a path; what comes after them can hold anything. */
function routeOf(path: string): string {
  return path.split('/', 3).join('/');
}

/** Where a request goes: nowhere when its target is no URL. Koa throws at `http://[` and finds no path in `http://`. */
function pathOf(context: Context): string {
  try {
    return context.path ?? '';
  } catch {
    return '';
  }
}

function pathUnder(prefix: string, path: string): string | undefined {
  if (prefix === '') return path;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

/** Runs a middleware that reads `context.path` below our prefix; resolves to whether it answered. */
async function runUnder(context: Context, path: string, middleware: Middleware): Promise<boolean> {
  const whole = context.path;
  let answered = true;
  context.path = path;
  try {
    await middleware(context as Parameters<Middleware>[0], async () => {
      answered = false;
    });
  } finally {
    context.path = whole;
  }
  return answered;
}

function answerProbe(context: Context, health: { readonly status: number; readonly body: object }): true {
  if (context.method !== 'GET' && context.method !== 'HEAD') {
    throw new ParleyError('error.platform.server.not-found');
  }
  context.set('Cache-Control', 'no-store');
  context.status = health.status;
  context.body = health.body;
  return true;
}

function fail(context: Context, error: unknown, route: string, log: Log): void {
  const answer = answerTo(error);
  const { level, fields } = logEntryFor(error, answer);
  log[level]({ ...fields, route }, 'A request failed');
  if (context.headerSent || context.respond === false) {
    context.res.destroy();
    return;
  }
  context.status = answer.status;
  context.set('Cache-Control', 'no-store');
  context.body = answer.body;
}
