import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLog } from '@parley/core';
import Koa from 'koa';
import mount from 'koa-mount';
import { afterEach, describe, expect, it } from 'vitest';
import { parleyMiddleware } from './middleware.ts';
import { createPluginRouters } from './plugin-routers.ts';
import { createFakeEngine } from './testing/fake-engine.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(app: Koa): Promise<string> {
  app.silent = true;
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const engineThatAnswers = () => createFakeEngine({ receive: () => ({ status: 200, body: 'ok' }) });

describe("in somebody's own Koa app", () => {
  it.each(['koa-mount', 'the prefix option'])('everything is below the prefix with %s', async (way) => {
    const engine = engineThatAnswers();
    const plugins = createPluginRouters();
    plugins.create('consent').get('/list', (context) => {
      context.body = 'list';
    });
    const options = { log: silentLog, phone: true, plugins };
    const app = new Koa();
    if (way === 'koa-mount') app.use(mount('/bots', parleyMiddleware(engine, options)));
    else app.use(parleyMiddleware(engine, { ...options, prefix: '/bots/' }));
    app.use((context) => {
      context.body = `mine: ${context.path}`;
    });
    const url = await listen(app);

    expect((await fetch(`${url}/bots/healthz`)).status).toBe(200);
    const webhook = await fetch(`${url}/bots/webhooks/fake/inbound?x=1`, { method: 'POST', body: 'b' });
    expect(await webhook.text()).toBe('ok');
    expect(engine.received[0]?.request.path).toBe('/inbound?x=1');
    expect(await (await fetch(`${url}/bots/plugins/consent/list`)).text()).toBe('list');
    const page = await fetch(`${url}/bots/phone`);
    expect(page.url).toBe(`${url}/bots/phone/`);
    expect(await page.text()).toContain('<title>Parley phone</title>');

    for (const path of [
      '/',
      '/healthz',
      '/webhooks/fake/inbound',
      '/botsy/healthz',
      '/bots/other',
      '/bots/plugins/none',
    ]) {
      expect(await (await fetch(url + path)).text()).toBe(`mine: ${path}`);
    }
  });

  it('passes on with what status the route of a plugin refused a request', async () => {
    const plugins = createPluginRouters();
    plugins.create('guard').get('/', (context) => context.throw(401, 'no key'));
    const app = new Koa();
    app.use(parleyMiddleware(engineThatAnswers(), { log: silentLog, plugins }));
    const url = await listen(app);
    const response = await fetch(`${url}/plugins/guard/`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'error.platform.server.refused' } });
  });

  it('leaves the errors of other middleware to the app', async () => {
    const app = new Koa();
    app.use(async (context, next) => {
      await next().catch((error: Error) => {
        context.status = 418;
        context.body = error.message;
      });
    });
    app.use(parleyMiddleware(engineThatAnswers(), { log: silentLog }));
    app.use(() => {
      throw new Error('mine');
    });
    const url = await listen(app);
    for (const path of ['/other', '/plugins/none/x', '/phone/']) {
      const response = await fetch(url + path);
      expect([response.status, await response.text()]).toEqual([418, 'mine']);
    }
  });

  it('takes the raw body that a body parser has kept, within the limit', async () => {
    const engine = engineThatAnswers();
    const app = new Koa();
    app.use(async (context, next) => {
      const chunks: Buffer[] = [];
      for await (const chunk of context.req) chunks.push(chunk as Buffer);
      Object.assign(context.request, { rawBody: Buffer.concat(chunks).toString() });
      await next();
    });
    app.use(parleyMiddleware(engine, { log: silentLog, bodyLimit: 10 }));
    const url = await listen(app);
    expect((await fetch(`${url}/webhooks/fake/x`, { method: 'POST', body: 'Body=hé' })).status).toBe(200);
    expect(Buffer.from(engine.received[0]!.request.body).toString()).toBe('Body=hé');
    expect((await fetch(`${url}/webhooks/fake/x`, { method: 'POST', body: 'Body=0123456789' })).status).toBe(413);
  });

  it('says what to do when a body parser has eaten the body', async () => {
    const app = new Koa();
    app.use(async (context, next) => {
      for await (const _ of context.req) {
        // Gone.
      }
      await next();
    });
    app.use(parleyMiddleware(engineThatAnswers(), { log: silentLog }));
    const url = await listen(app);
    const response = await fetch(`${url}/webhooks/fake/x`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: 'error.platform.server.body-consumed' } });
  });

  it('stops with the signal', async () => {
    const stop = new AbortController();
    const app = new Koa();
    app.use(parleyMiddleware(engineThatAnswers(), { log: silentLog, signal: stop.signal, phone: true }));
    const url = await listen(app);
    const stream = await fetch(`${url}/phone/api/events`);
    stop.abort();
    expect(await stream.text()).toContain('event: ready');
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(response.headers.get('connection')).toBe('close');
  });
});
