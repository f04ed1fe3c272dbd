import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { ParleyError } from '@parley/core';

/** A client has this long to send its headers; one that trickles them in is cut off. */
const HEADERS_TIMEOUT = 10_000;
/** … and this long for the whole request. The largest is a picture of 5 MB for the phone page. */
const REQUEST_TIMEOUT = 30_000;
/** Longer than the 60 s of the usual load balancers, so that it is never us who cuts a connection that they are about to use. */
const KEEP_ALIVE = 65_000;
/** How often connections are checked for the two timeouts above; Node's default of 30 s would triple them. */
const CHECK_INTERVAL = 2_000;

/** A server that listens. */
export interface Listener {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  /** From now on, requests for another protocol go to `handler` instead. Their connections are cut with the others at the end. */
  onUpgrade(handler: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void;
  /** Connections that have been handed over: the server knows them no more. */
  readonly upgraded: ReadonlySet<Duplex>;
}

/**
 * @throws `error.platform.server.port-taken`, `error.platform.server.listen-failed`
 */
export function listen(handler: RequestListener, at: { port: number; host: string }): Promise<Listener> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      keepAliveTimeout: KEEP_ALIVE,
      connectionsCheckingInterval: CHECK_INTERVAL,
      noDelay: true,
    },
    handler,
  );
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, at)));
    server.listen(at.port, at.host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : at.port;
      resolve({ server, port, url: `http://${hostInUrl(at.host)}:${port}`, ...upgradesOf(server) });
    });
  });
}

function upgradesOf(server: Server): Pick<Listener, 'onUpgrade' | 'upgraded'> {
  const upgraded = new Set<Duplex>();
  return {
    upgraded,
    onUpgrade(handler) {
      server.on('upgrade', (request, socket, head) => {
        upgraded.add(socket);
        socket.once('close', () => upgraded.delete(socket));
        handler(request, socket, head);
      });
    },
  };
}

/** Stops listening and waits up to `patience` milliseconds for requests that are under way, then cuts what is left. */
export async function closeListener({ server, upgraded }: Listener, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection that becomes idle after `close` would otherwise be kept until its keep-alive runs out.
  const sweep = setInterval(() => server.closeIdleConnections(), 25);
  const cut = setTimeout(() => {
    server.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
  }, patience);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function explain(error: Error, { port, host }: { port: number; host: string }): unknown {
  const reason = 'code' in error ? String(error.code) : error.name;
  if (reason === 'EADDRINUSE') return new ParleyError('error.platform.server.port-taken', { port }, { cause: error });
  return new ParleyError('error.platform.server.listen-failed', { host, port, reason }, { cause: error });
}

/** A URL that a browser on this computer can open. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}
