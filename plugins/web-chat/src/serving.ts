import {
  type MessageRecord,
  ParleyError,
  type PluginContext,
  type TransportContext,
  type UpgradeRequest,
} from '@parley/core';
import { WebSocketServer } from 'ws';
import { Allowances } from './allowance.ts';
import { Audience } from './audience.ts';
import { type Chat, Connection } from './connection.ts';
import { Crowd } from './crowd.ts';
import { closeCodes, LARGEST_FRAME } from './frames.ts';
import type { ResolvedOptions } from './options.ts';
import { isAllowedOrigin } from './origins.ts';
import { lookForOthers } from './others.ts';
import { addPages } from './pages.ts';
import { secretsFrom } from './secret.ts';
import { CHANNEL, createTokens } from './visitors.ts';
import { tooFast, type WebhookSettings } from './webhooks.ts';

/** A chat that serves: between the plugin's `setup` and its `close`. */
export interface Serving {
  /** Shows a message to its visitor, if they are connected here. */
  tell(record: MessageRecord): void;
  readonly webhooks: WebhookSettings;
  /** Takes a connection of a page, or throws why not. */
  connect(request: UpgradeRequest): void;
  close(): void;
}

/** When to come back after a connection was one too many, in milliseconds. */
const CROWDED = 10_000;

/** Adds the pages, and makes ready for connections. */
export async function startServing(
  options: ResolvedOptions,
  transport: TransportContext,
  plugin: PluginContext,
): Promise<Serving> {
  const { clock, log, messages, organization } = plugin;
  const { addresses, receive, webhookUrl, localWebhookUrl } = transport;
  const apps = organization.apps.filter(({ address }) => addresses.includes(address));
  const names = new Set(apps.map(({ address }) => address.slice(CHANNEL.length)));
  const has = (app: string): boolean => names.has(app);
  const hasOthers = !organization.storage.exclusive;
  const tokens = createTokens(await secretsFrom(options, process.env, plugin));
  const audience = new Audience();
  const newcomers = new Allowances(clock, {
    burst: options.newVisitorsPerMinute,
    perMinute: options.newVisitorsPerMinute,
  });
  const chat: Chat = { options, clock, log, tokens, audience, messages, newcomers, has, hasOthers, receive };
  const { connectionsPerComputer } = options;
  const crowd = new Crowd(connectionsPerComputer);
  // Whoever was cut off by a restart comes back at once, and whoever comes back all the time reads the log each time.
  const arrivals = new Allowances(clock, { burst: 2 * connectionsPerComputer, perMinute: 4 * connectionsPerComputer });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });
  const stopLooking = hasOthers
    ? lookForOthers({ audience, apps: apps.map(({ id }) => id), messages, clock, log, every: options.lookForOthers })
    : undefined;
  const ending = new WeakSet<AbortSignal>();

  addPages(plugin.router, { options, organization: organization.name, has });

  function endAll(): void {
    for (const socket of sockets.clients) socket.close(closeCodes.restart, 'the server restarts');
  }

  return {
    tell: (record) => audience.tell(record),

    webhooks: {
      tokens,
      texts: new Allowances(clock, options.pace),
      messages,
      longestText: options.longestText,
      now: () => clock.now(),
    },

    connect({ request, socket, head, path, remoteAddress, signal }) {
      if (path.split('?')[0] !== '/socket') throw new ParleyError('error.platform.server.not-found');
      const { origin } = request.headers;
      if (!isAllowedOrigin(origin, options.origins, [webhookUrl, localWebhookUrl])) {
        throw new ParleyError('error.platform.web-chat.origin-refused', { origin: origin ?? 'no site' });
      }
      if (!crowd.enter(remoteAddress)) throw tooFast(CROWDED);
      const wait = arrivals.take(remoteAddress);
      if (wait !== undefined) {
        crowd.leave(remoteAddress);
        throw tooFast(wait);
      }
      socket.once('close', () => crowd.leave(remoteAddress));
      if (!ending.has(signal)) {
        ending.add(signal);
        signal.addEventListener('abort', endAll, { once: true });
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => new Connection(chat, webSocket, remoteAddress));
    },

    close() {
      stopLooking?.();
      endAll();
    },
  };
}
