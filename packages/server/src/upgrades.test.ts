import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Plugin, silentLog, type UpgradeRequest } from '@parley/core';
import Koa from 'koa';
import { afterEach, describe, expect, it } from 'vitest';
import { parleyMiddleware } from './middleware.ts';
import { type RunningServer, type ServeOptions, serve } from './serve.ts';
import { createFakeEngine, type FakeEngineOptions } from './testing/fake-engine.ts';
import { parleyUpgrades } from './upgrades.ts';

const running: RunningServer[] = [];
const own: Server[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close({ grace: 200 })));
  for (const server of own.splice(0)) server.close().closeAllConnections();
});

/** Takes every connection, says where it came from, and sends back what comes. */
function parrot(asked: UpgradeRequest[] = []): Plugin {
  return {
    name: 'parrot',
    upgrade(request) {
      asked.push(request);
      request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: parrot\r\n\r\n');
      request.socket.pipe(request.socket);
    },
  };
}

function engineWith(plugins: readonly Plugin[], options: FakeEngineOptions = {}) {
  const engine = createFakeEngine(options);
  return { ...engine, organization: { ...engine.organization, plugins } } as typeof engine;
}

async function start(plugins: readonly Plugin[], options: ServeOptions = {}, engineOptions: FakeEngineOptions = {}) {
  const server = await serve(engineWith(plugins, engineOptions), { port: 0, log: silentLog, ...options });
  running.push(server);
  return server;
}

/** Asks for another protocol: the status, and the connection where it was given. */
async function upgrade(url: string, headers: Record<string, string> = {}) {
  const request = httpRequest(url, { headers: { connection: 'Upgrade', upgrade: 'parrot', ...headers } });
  request.on('error', () => {});
  request.end();
  return Promise.race([
    once(request, 'upgrade').then(([response, socket]) => statusOf(response, socket)),
    once(request, 'response').then(([response]) => statusOf(response.resume(), undefined)),
  ]);
}

function statusOf({ statusCode: status }: IncomingMessage, socket: Duplex | undefined) {
  return { status, socket };
}

describe('a request for another protocol', () => {
  it('goes to the plugin that it names, with what follows its path', async () => {
    const asked: UpgradeRequest[] = [];
    const { url } = await start([parrot(asked)]);
    const { status, socket } = await upgrade(`${url}/plugins/parrot/socket?x=1`);
    expect(status).toBe(101);
    expect(asked[0]).toMatchObject({ path: '/socket?x=1', remoteAddress: expect.stringMatching(/127\.0\.0\.1$/) });
    socket?.write('hello');
    expect(String((await once(socket as Duplex, 'data'))[0])).toBe('hello');
  });

  it('is refused where nobody wants it', async () => {
    const { url } = await start([parrot(), { name: 'deaf' }], { prefix: '/bots' });
    for (const path of ['/plugins/deaf/', '/plugins/nobody/', '/healthz', '/'])
      expect((await upgrade(`${url}${path}`)).status).toBe(404);
    expect((await upgrade(`${url}/plugins/parrot`)).status).toBe(101);
  });

  it('is answered as any other where no plugin wants any', async () => {
    const { url } = await start([]);
    expect((await upgrade(`${url}/healthz`)).status).toBe(200);
  });

  it('is refused while the engine is not ready, and as the plugin says', async () => {
    const { url } = await start([parrot()], {}, { ready: async () => false });
    expect((await upgrade(`${url}/plugins/parrot/`)).status).toBe(503);
    const rude: Plugin = { name: 'rude', upgrade: () => Promise.reject(new Error('no')) };
    expect((await upgrade(`${(await start([rude])).url}/plugins/rude/`)).status).toBe(500);
  });

  it('comes from who the proxies say that it does, and from nobody else', async () => {
    const asked: UpgradeRequest[] = [];
    const behind = await start([parrot(asked)], { proxies: ['127.0.0.1'] });
    await upgrade(`${behind.url}/plugins/parrot/`, { 'x-forwarded-for': '203.0.113.7' });
    const bare = await start([parrot(asked)]);
    await upgrade(`${bare.url}/plugins/parrot/`, { 'x-forwarded-for': '203.0.113.7' });
    expect(asked.map(({ remoteAddress }) => remoteAddress === '203.0.113.7')).toEqual([true, false]);
  });

  it('has its connection asked to end when the server stops, and cut when it does not', async () => {
    const asked: UpgradeRequest[] = [];
    const server = await start([parrot(asked)]);
    const { socket } = await upgrade(`${server.url}/plugins/parrot/`);
    socket?.on('error', () => {});
    const closed = once(socket as Duplex, 'close');
    await server.close({ grace: 200 });
    expect(asked[0]?.signal.aborted).toBe(true);
    await closed;
  });

  it('reaches plugins in an HTTP server of somebody else, and leaves theirs to them', async () => {
    const engine = engineWith([parrot()]);
    const app = new Koa();
    app.use(parleyMiddleware(engine, { log: silentLog, prefix: '/bots' }));
    const take = parleyUpgrades(engine, { log: silentLog, prefix: '/bots' });
    const server = createServer(app.callback()).on('upgrade', (request, socket, head) => {
      if (!take(request, socket, head)) socket.end('HTTP/1.1 418 Theirs\r\nContent-Length: 0\r\n\r\n');
    });
    own.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await upgrade(`${url}/bots/plugins/parrot/`)).status).toBe(101);
    expect((await upgrade(`${url}/theirs`)).status).toBe(418);
    expect((await upgrade(`${url}/plugins/parrot/`)).status).toBe(418);
  });
});
