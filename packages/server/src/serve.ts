import type { RequestListener } from 'node:http';
import { type Engine, ParleyError, type StartOptions } from '@parley/core';
import Koa from 'koa';
import { answerTo } from './answer.ts';
import { closeListener, type Listener, listen } from './listener.ts';
import { createLog } from './log/create-log.ts';
import { type ParleyMiddlewareOptions, parleyMiddleware } from './middleware.ts';
import { onlyFromProxies } from './proxies.ts';
import { parleyUpgrades, refuse, wantsUpgrades } from './upgrades.ts';
import { createWebhookHandler, DEFAULT_BODY_LIMIT, isWebhookPath, type WebhookOptions } from './webhooks.ts';

/** What {@link serve} takes. */
export interface ServeOptions extends Omit<ParleyMiddlewareOptions, 'signal'> {
  /** 0 takes any that is free. Default 3000. */
  readonly port?: number;
  /** The address to listen at; `0.0.0.0` is reachable from other computers. Default `127.0.0.1`. */
  readonly host?: string;
  /** Where the world reaches this server. Default: where it listens. The organization's own `publicUrl` goes before it. */
  readonly publicUrl?: string;
  /** Whether transports are emulated. Default `never`. */
  readonly emulate?: StartOptions['emulate'];
  /**
   * Addresses (`10.0.0.7`) and networks (`10.0.0.0/8`) of proxies in front of this server. `X-Forwarded-*` headers of
   * anybody else are removed. Default: none.
   */
  readonly proxies?: readonly string[];
}

/** How {@link RunningServer.close} goes about it. */
export interface CloseOptions {
  /** Milliseconds in all for requests and sends that are under way. Default 10,000. */
  readonly grace?: number;
  /**
   * Milliseconds to go on taking requests in while `/readyz` already answers 503, so that a load balancer can look
   * elsewhere first. Default 0.
   */
  readonly linger?: number;
}

/** A server that is listening, with its engine started. */
export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:3000`, and the prefix if there is one. */
  readonly url: string;
  readonly port: number;
  readonly app: Koa;
  /**
   * Takes nothing new in, ends event streams, lets requests that are under way finish, then stops the engine. Safe to call
   * more than once.
   */
  close(options?: CloseOptions): Promise<void>;
}

/**
 * Listens, then starts the engine; until that is done `/readyz` answers 503.
 *
 * ```ts
 * const server = await serve(engine, { port: 3000, host: '0.0.0.0' });
 * process.once('SIGTERM', () => void server.close());
 * ```
 *
 * @throws `error.platform.server.port-taken`, `error.platform.server.listen-failed`, and whatever the engine's start throws;
 * the port is free again by then.
 */
export async function serve(engine: Engine, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = 3000, host = '127.0.0.1', publicUrl, emulate, proxies = [], ...rest } = options;
  const log = options.log ?? createLog();
  const stopping = new AbortController();
  const settings = { ...rest, log, signal: stopping.signal };
  const app = createApp(engine, settings, proxies.length > 0);
  const believeProxies = onlyFromProxies(proxies);
  const prefix = (options.prefix ?? '').replace(/\/+$/, '');
  const answer = webhooksFirst(engine, settings, prefix, app.callback());
  const handler: RequestListener = (request, response) => {
    believeProxies(request);
    return answer(request, response);
  };
  const listener = await listen(handler, { port, host });
  const url = `${listener.url}${prefix}`;
  if (wantsUpgrades(engine)) {
    const upgrade = parleyUpgrades(engine, { log, prefix, proxies, signal: stopping.signal });
    listener.onUpgrade((request, socket, head) => {
      if (!upgrade(request, socket, head)) refuse(socket, new ParleyError('error.platform.server.not-found'));
    });
  }

  try {
    await engine.start({
      localUrl: url,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      ...(emulate === undefined ? {} : { emulate }),
    });
  } catch (error) {
    stopping.abort();
    await closeListener(listener, 0);
    throw error;
  }
  log.info({ url }, 'Listening');

  let closing: Promise<void> | undefined;
  return {
    url,
    port: listener.port,
    app,
    close(closeOptions = {}) {
      closing ??= shutDown(engine, listener, stopping, closeOptions).then(() => log.info({}, 'Stopped'));
      return closing;
    },
  };
}

function createApp(engine: Engine, options: ParleyMiddlewareOptions, behindProxies: boolean): Koa {
  const app = new Koa();
  app.proxy = behindProxies;
  // Koa's own handler would print errors with all they hold.
  app.on('error', (error: unknown) => options.log?.debug({ error }, 'A connection broke off'));
  app.use(parleyMiddleware(engine, options));
  app.use((context) => {
    const { status, body } = answerTo(new ParleyError('error.platform.server.not-found'));
    context.status = status;
    context.body = body;
  });
  return app;
}

/** Webhooks need nothing of what Koa does for a request, and there are far more of them than of anything else. */
function webhooksFirst(
  engine: Engine,
  {
    log,
    signal,
    bodyLimit: limit = DEFAULT_BODY_LIMIT,
  }: ParleyMiddlewareOptions & Pick<WebhookOptions, 'log' | 'signal'>,
  prefix: string,
  others: RequestListener,
): RequestListener {
  const receiveWebhook = createWebhookHandler(engine, { limit, log, signal });
  return (request, response) => {
    const url = request.url ?? '';
    if (!url.startsWith(prefix) || !isWebhookPath(url.slice(prefix.length))) return others(request, response);
    return receiveWebhook(request, response, url.slice(prefix.length));
  };
}

async function shutDown(engine: Engine, listener: Listener, stopping: AbortController, options: CloseOptions) {
  const { grace = 10_000, linger = 0 } = options;
  stopping.abort();
  if (linger > 0) await new Promise((resolve) => setTimeout(resolve, linger));
  const began = performance.now();
  try {
    // Half for requests: what they commit still has to be dispatched by the engine.
    await closeListener(listener, grace / 2);
  } finally {
    await engine.stop({ grace: Math.max(0, grace - (performance.now() - began)) });
  }
}
