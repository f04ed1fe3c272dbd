import { type Route, type RouteName, routes } from '@parley/api';
import { type Engine, type Log, ParleyError } from '@parley/core';
import type { Context } from 'koa';
import * as z from 'zod';
import { readBody } from '../body.ts';
import { rootOf } from '../root.ts';
import { createAttempts } from './access/attempts.ts';
import { type Caller, createCallers, mayAs } from './access/callers.ts';
import { createOpenIdSignIn } from './access/open-id.ts';
import { createSessions } from './access/sessions.ts';
import { type AuditLog, createAuditLog } from './audit-log.ts';
import { createConversationIds } from './conversation-ids.ts';
import { createEvents } from './events.ts';
import { createHandlers } from './handlers/all.ts';
import type { Handlers } from './handlers/handler.ts';
import { sharedSecret } from './secret.ts';
import type { Lens } from './views/lens.ts';
import { maskingFor } from './views/masking.ts';

export interface ApiOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly newId: () => string;
  readonly version: string;
  /** Whether this computer needs nothing to sign in, for development. */
  readonly open: boolean;
  /** Where all routes begin, seen from where the middleware is mounted: empty, or `/bots`. */
  readonly prefix: string;
  /** Whether the phone page is served. */
  readonly phone: boolean;
}

/** Answers what is asked under `/api/v1`; the path is what follows it. */
export type Api = (context: Context, path: string) => Promise<void>;

/** The largest body that is read, in bytes. */
const BODY_LIMIT = 65_536;

/** Everything that answering takes; made when first needed, since an engine has no data before it was started. */
interface Parts {
  readonly handlers: Handlers;
  readonly lensFor: (caller: Caller | undefined) => Lens;
  readonly identify: (context: Context) => Promise<Caller | undefined>;
  readonly audit: AuditLog;
}

export function createApi(engine: Engine, options: ApiOptions): Api {
  const find = createFinder();
  let making: Promise<Parts> | undefined;

  async function make(): Promise<Parts> {
    const { organization } = engine;
    const { storage, access } = organization;
    const clock = { now: Date.now };
    const keyv = storage.keyv('console');
    const sessions = createSessions(keyv);
    const ids = createConversationIds(await sharedSecret(storage));
    const apps = new Map(organization.apps.map((app) => [app.id, app]));
    const { identify } = createCallers(access, sessions, options.open);
    const audit = createAuditLog(storage, { clock, newId: options.newId });
    return {
      handlers: createHandlers({
        ...{ engine, ids, audit, sessions, access, open: options.open, version: options.version, phone: options.phone },
        identify,
        now: () => clock.now(),
        rootOf: (context) => rootOf(context, options.prefix),
        attempts: createAttempts(keyv, clock),
        openId: createOpenIdSignIn(access, () => `${engine.publicUrl}/api/v1/openid/callback`),
        events: createEvents(engine, options.signal),
      }),
      lensFor: (caller) => ({ ids, masking: maskingFor(caller?.role ?? 'viewer'), appOf: (id) => apps.get(id) }),
      identify,
      audit,
    };
  }

  return async (context, path) => {
    context.set('Cache-Control', 'no-store');
    context.set('Cross-Origin-Resource-Policy', 'same-origin');
    context.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    const found = find(context.method, path);
    if (found === undefined) throw new ParleyError('error.platform.server.not-found');
    making ??= make();
    const parts = await making.catch((error: unknown) => {
      making = undefined;
      throw error;
    });
    await answer(context, found, parts);
  };
}

async function answer(context: Context, { name, route, params }: Found, parts: Parts): Promise<void> {
  const caller = await parts.identify(context);
  requireRole(route.role, caller);
  const asked = {
    params: check(route.params, params, 'the address'),
    query: check(route.query, { ...context.query }, 'the query'),
    body: route.body === undefined ? undefined : check(route.body, await readJson(context), 'the body'),
    ...{ caller, context, lens: parts.lensFor(caller) },
  };
  // Every handler takes what its own route has been checked for: the table of handlers says so, and here it is any of them.
  const handle = parts.handlers[name] as (asked: unknown) => Promise<unknown>;
  const run = async (): Promise<void> => {
    const response = await handle(asked);
    if (route.type === undefined || route.type === 'json') context.body = response;
  };
  // Anybody may sign out without being signed in, as often as they like.
  if (route.audit === undefined || (caller === undefined && route.audit !== 'session.sign-in')) return run();
  await audited(parts.audit, route.audit, { caller, params, body: asked.body }, run);
}

/** What becomes of a flood of sign-ins, which must not become a flood of entries. */
const TURNED_AWAY: ReadonlySet<string> = new Set([
  'error.platform.access.too-many-attempts',
  'error.platform.access.foreign-request',
]);

/** Writes down who did what, and how it went wrong if it did. */
async function audited(
  audit: AuditLog,
  act: string,
  { caller, params, body }: { caller: Caller | undefined; params: Readonly<Record<string, string>>; body: unknown },
  run: () => Promise<void>,
): Promise<void> {
  const { name } = (body ?? {}) as { readonly name?: unknown };
  const entry = {
    user: caller?.name ?? (typeof name === 'string' ? name : 'nobody'),
    role: caller?.role ?? 'viewer',
    act,
    ...targetOf(params, body),
  };
  try {
    await run();
  } catch (error) {
    const failed = error instanceof ParleyError ? error.code : 'unknown';
    if (caller !== undefined || !TURNED_AWAY.has(failed)) await audit.add({ ...entry, failed });
    throw error;
  }
  await audit.add(entry);
}

function targetOf(params: Readonly<Record<string, string>>, body: unknown): { target?: string } {
  const { conversations } = (body ?? {}) as { readonly conversations?: readonly string[] };
  const named = [...Object.values(params), ...(conversations ?? [])].join(' ');
  return named === '' ? {} : { target: named };
}

function requireRole(role: Route['role'], caller: Caller | undefined): void {
  if (role === 'public') return;
  if (caller === undefined) throw new ParleyError('error.platform.access.sign-in-required');
  if (!mayAs(caller.role, role)) throw new ParleyError('error.platform.access.forbidden', { role });
}

function check(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem = `in ${where}, ${parsed.error.issues.map(sentenceOf).join('; ')}`;
  throw new ParleyError('error.platform.request.malformed', { problem });
}

/** Which part of it, and what is wrong with that. */
function sentenceOf({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`;
}

async function readJson(context: Context): Promise<unknown> {
  const read = await readBody(context.req, BODY_LIMIT);
  // What is left of it would keep the connection from the next request.
  if (read.kind === 'too-large' && !read.drained) context.set('Connection', 'close');
  if (read.kind !== 'whole')
    throw new ParleyError('error.platform.request.malformed', { problem: 'the body is too large' });
  if (read.body.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(read.body).toString('utf8'));
  } catch {
    throw new ParleyError('error.platform.request.malformed', { problem: 'the body is no JSON' });
  }
}

interface Found {
  readonly name: RouteName;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request. Routes without anything open in their path go before others. */
function createFinder(): (method: string, path: string) => Found | undefined {
  const compiled = Object.entries(routes as Readonly<Record<string, Route>>)
    .map(([name, route]) => {
      const [method = '', path = ''] = name.split(' ');
      const pattern = path.replaceAll('.', String.raw`\.`).replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
      return { name: name as RouteName, route, method, pattern: new RegExp(`^${pattern}$`), open: path.includes(':') };
    })
    .sort((one, other) => Number(one.open) - Number(other.open));
  return (method, path) => {
    for (const { pattern, ...candidate } of compiled) {
      if (candidate.method !== (method === 'HEAD' ? 'GET' : method)) continue;
      const groups = pattern.exec(path)?.groups;
      if (pattern.test(path)) {
        const params = Object.fromEntries(Object.entries(groups ?? {}).map(([key, value]) => [key, decoded(value)]));
        return { name: candidate.name, route: candidate.route, params };
      }
    }
    return undefined;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
