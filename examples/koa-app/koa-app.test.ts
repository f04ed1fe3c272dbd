import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { address, createEngine, type Engine, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { createRuntime } from '@parley/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import organization from './parley.config.ts';
import { BOTS, createShop } from './shop.ts';

const ANN = address('+14155550123');
const OURS = address('+14155550129');

describe('a Koa app with Parley in it', () => {
  let engine: Engine;
  let server: Server;
  let url: string;
  let stopping: AbortController;
  beforeEach(async () => {
    stopping = new AbortController();
    const runtime = createRuntime({ log: silentLog });
    engine = createEngine({ ...organization, storage: memoryStorage() }, runtime);
    server = createShop(engine, { runtime, signal: stopping.signal }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await engine.start({ localUrl: `${url}${BOTS}`, emulate: 'always' });
  });
  afterEach(async () => {
    stopping.abort();
    server.close();
    server.closeAllConnections();
    await engine.stop();
  });

  const order = (phone: string) =>
    fetch(`${url}/orders`, { method: 'POST', body: JSON.stringify({ phone, product: 'tea pot' }) });
  const heard = () =>
    engine
      .emulator('twilio')
      .thread(OURS, ANN)
      .map(({ text }) => text);

  it('starts a conversation when something is bought, and shows what came of it', async () => {
    expect(await (await fetch(url)).text()).toBe('Corner Shop, no stars\n');
    expect((await order(ANN)).status).toBe(202);
    await expect.poll(heard).toEqual(['This is Corner Shop. How do you like your tea pot, from 1 to 5?']);
    await engine.emulator('twilio').text({ from: ANN, to: OURS, text: 'lovely' });
    await expect.poll(heard).toContain('I need a number, such as 2. How do you like your tea pot, from 1 to 5?');
    await engine.emulator('twilio').text({ from: ANN, to: OURS, text: 'four' });
    await expect.poll(heard).toContain('Thank you!');
    expect(await (await fetch(url)).text()).toBe('Corner Shop, 4.0 stars\n');
  });

  it('says what is wrong with a number', async () => {
    const response = await order('five');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'error.platform.address.malformed' });
  });

  it.each(['nonsense', 'null', '{"phone":"+14155550123"}', '{"phone":14155550123,"product":"tea pot"}', ''])(
    'refuses %j, which is no order',
    async (body) => {
      const response = await fetch(`${url}/orders`, { method: 'POST', body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'order.malformed' });
    },
  );

  it('has its own routes beside those of Parley', async () => {
    expect((await fetch(`${url}${BOTS}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}${BOTS}/webhooks/twilio/inbound`, { method: 'POST' })).status).toBe(403);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  });
});
