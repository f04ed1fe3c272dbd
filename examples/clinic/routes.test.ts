import { address, createEngine, type Engine, silentLog } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { createRuntime, type RunningServer, serve } from '@parley/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import organization from './parley.config.ts';
import { clinicMap } from './plugins/clinic-map.ts';
import { clinicReminders } from './plugins/clinic-reminders.ts';

let engine: Engine;
let server: RunningServer;

async function open(apiKey: string | undefined): Promise<void> {
  const plugins = [clinicMap(), clinicReminders({ app: 'reminders', apiKey })];
  const runtime = createRuntime({ log: silentLog });
  engine = createEngine({ ...organization, plugins, storage: sqlite({ file: ':memory:' }) }, runtime);
  server = await serve(engine, { ...runtime, port: 0, emulate: 'always' });
}

beforeEach(() => open('open sesame'));
afterEach(() => server.close());

function send(body: string, authorization = 'Bearer open sesame'): Promise<Response> {
  return fetch(`${server.url}/plugins/clinic-reminders/send`, { method: 'POST', headers: { authorization }, body });
}

const request = { to: '+14155550123', text: 'The clinic opens at noon today.' };

it('serves the map', async () => {
  const response = await fetch(`${server.url}/plugins/clinic-map/map.png`);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(
    Buffer.from(await response.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
});

it('sends what the clinic asks for, from the reminders’ number', async () => {
  const response = await send(JSON.stringify(request));
  expect(response.status).toBe(202);
  expect(await response.json()).toEqual({ message: expect.any(String) });
  await engine.idle();
  const thread = engine.emulator('twilio').thread(address('+14155550101'), address(request.to));
  expect(thread).toMatchObject([{ direction: 'outbound', text: request.text }]);
});

it('sends nothing without the key', async () => {
  for (const authorization of ['', 'Bearer', 'Bearer open sesam', 'Bearer open sesame!', 'Basic open sesame']) {
    expect((await send(JSON.stringify(request), authorization)).status).toBe(401);
  }
  expect((await engine.organization.storage.messages.list({ limit: 10 })).messages).toEqual([]);
});

it.each([
  ['not JSON', 'to=+14155550123'],
  ['nothing', ''],
  ['no number', JSON.stringify({ ...request, to: 'Ann' })],
  ['no text', JSON.stringify({ ...request, text: '' })],
  ['a typo', JSON.stringify({ ...request, txt: 'x' })],
])('refuses %s', async (_, body) => {
  const response = await send(body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ problems: [expect.any(String)] });
});

it('has no such route unless there is a key', async () => {
  await server.close();
  await open(undefined);
  expect((await send(JSON.stringify(request), 'Bearer ')).status).toBe(404);
});
