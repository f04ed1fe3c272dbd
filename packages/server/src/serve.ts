import type { Server } from 'node:http';
import { type Engine, ParleyError, type StartOptions } from '@parley/core';
import Koa from 'koa';
import { answerTo } from './answer.ts';
import { closeListener, listen } from './listener.ts';
import { createLog } from './log/create-log.ts';
import { type ParleyMiddlewareOptions, parleyMiddleware } from './middleware.ts';
import { onlyFromProxies } from './proxies.ts';

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
  const app = createApp(engine, { ...rest, log, signal: stopping.signal }, proxies);
  const listener = await listen(app.callback(), { port, host });
  const url = `${listener.url}${(options.prefix ?? '').replace(/\/+$/, '')}`;

  try {
    await engine.start({
      localUrl: url,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      ...(emulate === undefined ? {} : { emulate }),
    });
  } catch (error) {
    stopping.abort();
    await closeListener(listener.server, 0);
    throw error;
  }
  log.info({ url }, 'Listening');

  let closing: Promise<void> | undefined;
  return {
    url,
    port: listener.port,
    app,
    close(closeOptions = {}) {
      closing ??= shutDown(engine, listener.server, stopping, closeOptions).then(() => log.info({}, 'Stopped'));
      return closing;
    },
  };
}

function createApp(engine: Engine, options: ParleyMiddlewareOptions, proxies: readonly string[]): Koa {
  const app = new Koa();
  const believeProxies = onlyFromProxies(proxies);
  app.proxy = proxies.length > 0;
  // Koa's own handler would print errors with all they hold.
  app.on('error', (error: unknown) => options.log?.debug({ error }, 'A connection broke off'));
  app.use((context, next) => {
    believeProxies(context.req);
    return next();
  });
  app.use(parleyMiddleware(engine, options));
  app.use((context) => {
    const { status, body } = answerTo(new ParleyError('error.platform.server.not-found'));
    context.status = status;
    context.body = body;
  });
  return app;
}

async function shutDown(engine: Engine, server: Server, stopping: AbortController, options: CloseOptions) {
  const { grace = 10_000, linger = 0 } = options;
  stopping.abort();
  if (linger > 0) await new Promise((resolve) => setTimeout(resolve, linger));
  const began = performance.now();
  try {
    // Half for requests: what they commit still has to be dispatched by the engine.
    await closeListener(server, grace / 2);
  } finally {
    await engine.stop({ grace: Math.max(0, grace - (performance.now() - began)) });
  }
}
