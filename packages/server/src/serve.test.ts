import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { json } from 'node:stream/consumers';
import { silentLog } from '@parley/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from './log/create-log.ts';
import { createPluginRouters } from './plugin-routers.ts';
import { type RunningServer, type ServeOptions, serve } from './serve.ts';
import { createFakeEngine, type FakeEngineOptions } from './testing/fake-engine.ts';

const open: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close({ grace: 200 })));
});

async function start(engineOptions: FakeEngineOptions = {}, options: ServeOptions = {}) {
  const engine = createFakeEngine({ receive: () => ({ status: 200 }), ...engineOptions });
  const server = await serve(engine, { port: 0, log: silentLog, ...options });
  open.push(server);
  return { server, engine, url: server.url };
}

describe('serve', () => {
  it('listens before it starts the engine, and tells it where', async () => {
    const { engine, url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(engine.calls).toEqual([`start ${url}`]);
    const public_ = await start({}, { publicUrl: 'https://bots.example.com' });
    expect(public_.engine.calls).toEqual(['start https://bots.example.com']);
  });

  it('says which port is taken, before the engine has touched anything', async () => {
    const { server } = await start();
    const engine = createFakeEngine();
    await expect(serve(engine, { port: server.port, log: silentLog })).rejects.toMatchObject({
      code: 'error.platform.server.port-taken',
      details: { port: server.port },
    });
    expect(engine.calls).toEqual([]);
  });

  it('says that it can not listen at an address of somebody else', async () => {
    await expect(serve(createFakeEngine(), { host: '192.0.2.1', port: 0, log: silentLog })).rejects.toMatchObject({
      code: 'error.platform.server.listen-failed',
      details: { reason: 'EADDRNOTAVAIL' },
    });
  });

  it('gives the port back when the engine does not start', async () => {
    const port = await freePort();
    const broken = createFakeEngine({ start: () => Promise.reject(new Error('no')) });
    await expect(serve(broken, { port, log: silentLog })).rejects.toThrow('no');
    const { server } = await start({}, { port });
    expect(server.port).toBe(port);
  });

  it('answers paths that it does not know with a coded 404', async () => {
    const { url } = await start();
    for (const path of ['/', '/phone', '/phone/', '/plugins/x', '/webhook', '/healthz/x']) {
      const response = await fetch(url + path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'error.platform.server.not-found' } });
    }
  });

  it('answers what it does not know with 404 when the target of a request is no URL', async () => {
    const { server } = await start();
    for (const path of ['http://', 'http://[', '*']) {
      const [response] = await once(httpRequest({ port: server.port, path }).end(), 'response');
      expect(response.statusCode).toBe(404);
      expect(await json(response)).toMatchObject({ error: { code: 'error.platform.server.not-found' } });
    }
  });

  it('removes forwarded headers unless a configured proxy has set them', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', forwarded: 'for=203.0.113.9' };
    const post = (url: string) => fetch(`${url}/webhooks/fake/inbound`, { method: 'POST', body: 'x', headers });
    const alone = await start();
    await post(alone.url);
    expect(alone.engine.received[0]?.request.headers).not.toHaveProperty('x-forwarded-for');
    expect(alone.engine.received[0]?.request.headers).not.toHaveProperty('forwarded');
    const behind = await start({}, { proxies: ['10.0.0.0/8', '127.0.0.1', '::1'] });
    await post(behind.url);
    expect(behind.engine.received[0]?.request.headers).toMatchObject({ 'x-forwarded-proto': 'https' });
    await expect(serve(createFakeEngine(), { port: 0, proxies: ['10.0.0.0/99'] })).rejects.toMatchObject({
      code: 'error.platform.config.malformed',
    });
  });

  it('logs an unexpected error with its code and without a text or a number', async () => {
    const lines: string[] = [];
    const log = createLog({ destination: { write: (line) => lines.push(line) } });
    const { url } = await start(
      {
        receive: () => {
          throw new TypeError('can not read my knee hurts of +14155550142');
        },
      },
      { log },
    );
    await fetch(`${url}/webhooks/fake/inbound`, { method: 'POST', body: 'my knee hurts' });
    const line = lines.find((candidate) => candidate.includes('"error"'));
    expect(JSON.parse(line!)).toMatchObject({
      level: 'error',
      code: 'error.platform.server.failed',
      thrown: 'TypeError',
      route: '/webhooks/fake',
    });
    expect(lines.join('')).not.toMatch(/knee|4155550142/);
  });
});

describe('health', () => {
  it('is alive as long as it serves, and ready when the engine is', async () => {
    let ready: () => Promise<boolean> = async () => true;
    const { url } = await start({ ready: () => ready() });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
    for (const notReady of [async () => false, () => Promise.reject(new Error('storage'))]) {
      ready = notReady;
      const response = await fetch(`${url}/readyz`);
      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({ status: 'not-ready' });
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    }
    expect((await fetch(`${url}/healthz`, { method: 'POST' })).status).toBe(404);
  });
});

describe('close', () => {
  it('answers /readyz with 503 while it lingers, and still takes webhooks in', async () => {
    const { url, server, engine } = await start();
    const closed = server.close({ linger: 300 });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'stopping' });
    expect((await fetch(`${url}/webhooks/fake/x`, { method: 'POST' })).status).toBe(200);
    expect(engine.calls).not.toContain('stop');
    await closed;
    expect(engine.calls).toContain('stop');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('lets a webhook that is under way finish before the engine stops', async () => {
    const gate = deferred();
    const { url, server, engine } = await start({
      receive: async () => {
        await gate.promise;
        engine.calls.push('answered');
        return { status: 200, body: 'done' };
      },
    });
    const agent = new Agent({ keepAlive: true });
    const answer = new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${url}/webhooks/fake/x`, { method: 'POST', agent }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject).end('x');
    });
    await until(() => engine.received.length === 1);
    const closed = server.close({ grace: 5_000 });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    gate.resolve(undefined);
    expect(await answer).toBe(200);
    const began = Date.now();
    await closed;
    // A kept connection does not hold it up.
    expect(Date.now() - began).toBeLessThan(1_000);
    expect(engine.calls.slice(1)).toEqual(['answered', 'stop']);
    agent.destroy();
  });

  it('cuts off what does not finish in time, once, however often it is called', async () => {
    const { url, server, engine } = await start({ receive: () => new Promise(() => {}) });
    const answer = fetch(`${url}/webhooks/fake/x`, { method: 'POST' }).catch((error: Error) => error.name);
    await until(() => engine.received.length === 1);
    await Promise.all([server.close({ grace: 100 }), server.close({ grace: 9_999 })]);
    expect(await answer).toBe('TypeError');
    expect(engine.calls.filter((call) => call === 'stop')).toHaveLength(1);
  });

  it('ends event streams', async () => {
    const { url, server } = await start({}, { phone: true });
    const stream = await fetch(`${url}/phone/api/events`);
    const closed = server.close();
    expect(await stream.text()).toContain('event: ready');
    await closed;
  });
});

describe('plugins', () => {
  it('serve their routes under their name, also those added after the server', async () => {
    const plugins = createPluginRouters();
    const { url } = await start(
      {
        start: async () => {
          plugins.create('consent').get('/list', (context) => {
            context.body = { path: context.path };
          });
        },
      },
      { plugins, prefix: '/bots' },
    );
    expect(url).toMatch(/\/bots$/);
    expect(await (await fetch(`${url}/plugins/consent/list`)).json()).toEqual({ path: '/plugins/consent/list' });
    expect((await fetch(`${url}/plugins/consent/other`)).status).toBe(404);
    expect((await fetch(`${url}/plugins/other/list`)).status).toBe(404);
    expect(plugins.create('consent')).toBe(plugins.create('consent'));
  });
});

function deferred() {
  let resolve: (value: unknown) => void = () => {};
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
