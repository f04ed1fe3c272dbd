import { createEngine, type Engine, silentLog } from '@parley/core';
import { createPluginRouters, createRuntime, type RunningServer, serve } from '@parley/server';
import { afterEach, describe, expect, it } from 'vitest';
import type { OptOutOptions } from '../src/index.ts';
import { ANN, CLINIC, organization } from './support.ts';

const KEY = 'a key that has more than 24 characters';

let engine: Engine;
let server: RunningServer;

async function begin(options: OptOutOptions = { apiKey: KEY }): Promise<void> {
  const plugins = createPluginRouters();
  engine = createEngine(organization(options), createRuntime({ log: silentLog, plugins }));
  server = await serve(engine, { plugins, port: 0, host: '127.0.0.1', log: silentLog } as never);
}
afterEach(() => server.close());

async function call(method: string, path: string, { key = KEY, body }: { key?: string; body?: unknown } = {}) {
  const response = await fetch(`${server.url}/plugins/opt-out${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

async function text(words: string): Promise<void> {
  const message = { providerId: `IN-${words}`, from: ANN, to: [CLINIC], text: words, media: [], raw: {} };
  const body = Buffer.from(JSON.stringify({ kind: 'text', message }));
  await engine.receive('sms', { method: 'POST', path: '/text', headers: {}, body });
}

describe('the API', () => {
  it('lists what is to be decided and has it decided, scheduled texts included', async () => {
    await begin();
    await text('stop by at 5');
    const { message } = await engine.notify({
      app: 'shop',
      to: ANN,
      name: 'news',
      text: 'sale',
      at: Date.now() + 60_000,
    });
    const { message: own } = await engine.notify({
      ...{ app: 'clinic', to: ANN, name: 'news', text: 'soon', at: Date.now() + 60_000 },
    });
    expect(await call('GET', '/reviews')).toMatchObject({
      status: 200,
      answer: { reviews: [{ person: ANN, app: 'clinic', texts: [{ text: 'stop by at 5' }] }] },
    });
    const decided = await call('POST', '/opt-out', { body: { number: ANN, note: 'asked on the phone' } });
    expect(decided).toMatchObject({
      status: 200,
      answer: { person: ANN, apps: [{ optedOut: true, how: 'operator' }, {}, {}] },
    });
    expect((await call('GET', '/reviews')).answer).toEqual({ reviews: [] });
    for (const id of [message, own]) {
      expect(await engine.organization.storage.messages.get(id)).toMatchObject({
        error: { code: 'error.platform.opt-out.opted-out' },
      });
    }
  });

  it('opts in with a reason', async () => {
    await begin();
    await text('STOP');
    expect(await call('POST', '/opt-in', { body: { number: ANN } })).toMatchObject({
      status: 409,
      answer: { error: { code: 'error.platform.opt-out.needs-reason' } },
    });
    await call('POST', '/opt-in', { body: { number: ANN, app: 'shop', because: 'called' } });
    expect((await call('GET', `/people/${encodeURIComponent(ANN)}`)).answer).toMatchObject({
      apps: [
        { app: 'clinic', optedOut: true, words: 'STOP' },
        { app: 'shop', optedOut: false },
        { app: 'chat', optedOut: true },
      ],
    });
  });

  it.each(['', 'wrong', `${KEY}x`])('answers nobody with the key %j', async (key) => {
    await begin();
    for (const [method, path] of [
      ['GET', '/reviews'],
      ['POST', '/opt-in'],
    ] as const) {
      expect(await call(method, path, { key })).toMatchObject({
        status: 401,
        answer: { error: { code: 'error.platform.opt-out.unauthorized' } },
      });
    }
  });

  it.each([
    ['no JSON', '{'],
    ['a field that is none', { number: ANN, aap: 'shop' }],
    ['no number', {}],
    ['too much', { number: ANN, because: 'x'.repeat(20_000) }],
  ])('refuses %s, without a word of it', async (_, body) => {
    await begin();
    const { status, answer } = await call('POST', '/opt-in', { body });
    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: { code: 'error.platform.opt-out.malformed' } });
    expect(JSON.stringify(answer)).not.toContain('555');
  });

  it('is not there without a key in the options', async () => {
    await begin({});
    expect((await call('GET', '/reviews')).status).toBe(404);
  });
});
