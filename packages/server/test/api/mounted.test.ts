import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLog } from '@parley/core';
import Koa from 'koa';
import mount from 'koa-mount';
import { expect, it, onTestFinished } from 'vitest';
import { parleyMiddleware } from '../../src/index.ts';
import { PASSWORD, startApi } from './world.ts';

const WAYS = {
  'koa-mount': (prefixed) => mount('/shop/bots', prefixed('')),
  'koa-mount twice': (prefixed) => mount('/shop', mount('/bots', prefixed(''))),
  'koa-mount and a prefix': (prefixed) => mount('/shop', prefixed('/bots')),
  'a prefix': (prefixed) => prefixed('/shop/bots'),
} satisfies Readonly<Record<string, (prefixed: (prefix: string) => Koa.Middleware) => Koa.Middleware>>;

it.each(Object.entries(WAYS))('the console, its session and its phone are found below %s', async (_, way) => {
  const { server, engine } = await startApi();
  const app = new Koa();
  app.use(way((prefix) => parleyMiddleware(engine, { log: silentLog, phone: true, prefix })));
  const listening = createServer(app.callback()).listen(0, '127.0.0.1');
  onTestFinished(async () => {
    listening.close().closeAllConnections();
    await server.close({ grace: 100 });
  });
  await new Promise((resolve) => listening.once('listening', resolve));
  const origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;

  const page = await fetch(`${origin}/shop/bots/console`);
  expect(page.url).toBe(`${origin}/shop/bots/console/`);
  const deeper = await fetch(`${origin}/shop/bots/console/conversations/1?tab="><script>`);
  for (const html of [await page.text(), await deeper.text()]) {
    expect(html).toContain('<base href="/shop/bots/console/" />');
  }
  expect((await fetch(`${origin}/shop/bots/console/icon.svg`)).status).toBe(200);

  const session = await fetch(`${origin}/shop/bots/api/v1/session`, {
    method: 'POST',
    headers: { 'x-parley': 'console', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'ann', password: PASSWORD }),
  });
  const [cookie = ''] = session.headers.getSetCookie();
  expect(cookie).toContain('path=/shop/bots/api;');
  const organization = await fetch(`${origin}/shop/bots/api/v1/organization`, {
    headers: { cookie: cookie.split(';')[0] ?? '' },
  });
  expect(await organization.json()).toMatchObject({ phone: '/shop/bots/phone/' });
});
