import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Engine, type Log, ParleyError, type Plugin, pluginsOf } from '@parley/core';
import { answerTo, logEntryFor } from './answer.ts';
import { createLog } from './log/create-log.ts';
import { onlyFromProxies } from './proxies.ts';

/** What {@link parleyUpgrades} takes. */
export interface UpgradeOptions {
  /** Default: as for `parleyMiddleware`. */
  readonly log?: Log;
  /** Where all routes begin, such as `/bots`: the same as for `parleyMiddleware`, or where koa-mount has put it. Default: at the root. */
  readonly prefix?: string;
  /** Addresses and networks of proxies in front of this server, as for `serve`. Default: none. */
  readonly proxies?: readonly string[];
  /** Once aborted, connections are asked to end, and no more are taken. */
  readonly signal?: AbortSignal;
}

/**
 * Takes a request for another protocol, a WebSocket say, that is meant for a plugin.
 *
 * @returns whether it was; the connections of others are not touched.
 */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/**
 * What `serve` does by itself, for somebody's own HTTP server: hands connections at `/plugins/<name>/…` to the plugins that want them.
 *
 * ```ts
 * const upgrades = parleyUpgrades(engine);
 * const server = createServer(app.callback()).on('upgrade', (request, socket, head) => {
 *   if (!upgrades(request, socket, head)) socket.destroy();
 * });
 * ```
 */
export function parleyUpgrades(engine: Engine, options: UpgradeOptions = {}): UpgradeHandler {
  const { log = createLog(), proxies = [], signal = new AbortController().signal } = options;
  const prefix = (options.prefix ?? '').replace(/\/+$/, '');
  const believeProxies = onlyFromProxies(proxies);
  const plugins = new Map(
    pluginsOf(engine.organization)
      .filter(takesUpgrades)
      .map((plugin) => [encodeURIComponent(plugin.name), plugin]),
  );

  async function hand(plugin: UpgradingPlugin, path: string, request: IncomingMessage, socket: Duplex, head: Buffer) {
    if (signal.aborted || !(await engine.ready())) throw new ParleyError('error.platform.engine.stopped');
    if (!socket.destroyed)
      await plugin.upgrade({ request, socket, head, path, remoteAddress: addressOf(request), signal });
  }

  return (request, socket, head) => {
    const target = targetOf(request.url ?? '', prefix);
    if (target === undefined) return false;
    believeProxies(request);
    socket.on('error', ignore);
    const plugin = plugins.get(target.plugin);
    const handed =
      plugin === undefined
        ? Promise.reject(new ParleyError('error.platform.server.not-found'))
        : hand(plugin, target.path, request, socket, head);
    handed.catch((error: unknown) => {
      const { level, fields } = logEntryFor(error, answerTo(error));
      log[level]({ ...fields, route: `/plugins/${target.plugin}` }, 'A connection was refused');
      refuse(socket, error);
    });
    return true;
  };
}

/** Whether anybody wants connections. Without, a server is better off not to listen for them: it then answers such requests as any other. */
export function wantsUpgrades(engine: Engine): boolean {
  return pluginsOf(engine.organization).some(takesUpgrades);
}

/** Answers as HTTP and ends the connection. */
export function refuse(socket: Duplex, error: unknown): void {
  const { status, body } = answerTo(error);
  const content = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(content)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${content}`);
}

type UpgradingPlugin = Plugin & Required<Pick<Plugin, 'upgrade'>>;

function takesUpgrades(plugin: Plugin): plugin is UpgradingPlugin {
  return plugin.upgrade !== undefined;
}

function targetOf(url: string, prefix: string): { readonly plugin: string; readonly path: string } | undefined {
  if (!url.startsWith(prefix)) return undefined;
  const [, plugin, path] = /^\/plugins\/([^/?]+)(.*)$/.exec(url.slice(prefix.length)) ?? [];
  return plugin === undefined || path === undefined ? undefined : { plugin, path };
}

function addressOf({ headers, socket }: IncomingMessage): string {
  const forwarded = headers['x-forwarded-for'];
  return (typeof forwarded === 'string' ? forwarded : undefined) ?? socket.remoteAddress ?? '';
}

function ignore(): void {}
