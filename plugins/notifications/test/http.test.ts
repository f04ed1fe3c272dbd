import { request as httpRequest } from 'node:http';
import { createEngine, defineApp, defineOrganization, type Engine, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { createRuntime, type RunningServer, serve } from '@parley/server';
import { SimulatedCarrier } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineNotification } from '../src/definition/notification.ts';
import { notifications } from '../src/notifications.ts';

const KEY = 'a-key-of-the-tests-that-is-long';
const NARROW = 'another-key-that-may-only-send-news';
const ANN = '+14155550123';

const news = defineNotification({ name: 'news', text: 'News {{ n }}', data: { n: 'number' } });
const alert = defineNotification({ name: 'alert', text: 'Alert' });

let engine: Engine;
let server: RunningServer;
let carrier: SimulatedCarrier;
const texts = notifications({
  notifications: [news, alert],
  apiKeys: [KEY, { key: NARROW, notifications: ['news'] }],
});

beforeEach(async () => {
  carrier = new SimulatedCarrier();
  const organization = defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: '+14155550100' })],
    transports: { sms: carrier },
    storage: memoryStorage(),
    plugins: [texts],
  });
  const runtime = createRuntime({ log: silentLog });
  engine = createEngine(organization, runtime);
  server = await serve(engine, { ...runtime, port: 0, host: '127.0.0.1', log: silentLog });
});
afterEach(() => server.close());

const root = () => `${server.url}/plugins/notifications`;

async function call(
  method: string,
  path: string,
  {
    key = KEY,
    body,
    type = 'application/json',
    headers = {},
  }: { key?: string; body?: unknown; type?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${root()}${path}`, {
    method,
    headers: { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), 'content-type': type, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const json = (await response.json()) as Record<string, unknown> & { readonly error?: { readonly code: string } };
  return { status: response.status, json, code: json.error?.code, headers: response.headers };
}

const NOTIFY = { notification: 'news', to: ANN, data: { n: 1 } };

describe('POST /notify', () => {
  it('sends one text and answers what became of it', async () => {
    const { status, json, headers } = await call('POST', '/notify', { body: NOTIFY });
    expect(status).toBe(200);
    expect(json).toMatchObject({ outcome: 'sent', segments: 1, further: [] });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(carrier.accepted.map(({ message }) => message.text)).toEqual(['News 1']);
  });

  it.each(['body', 'header'])('takes an idempotency key from the %s', async (where) => {
    const ask = () =>
      where === 'body'
        ? call('POST', '/notify', { body: { ...NOTIFY, idempotencyKey: 'k' } })
        : call('POST', '/notify', { body: NOTIFY, headers: { 'idempotency-key': 'k' } });
    const first = await ask();
    expect((await ask()).json).toEqual(first.json);
    expect(carrier.accepted).toHaveLength(1);
    const other = await call('POST', '/notify', { body: { ...NOTIFY, data: { n: 2 }, idempotencyKey: 'k' } });
    expect([other.status, other.code]).toEqual([409, 'error.platform.notification.key-reused']);
  });

  it.each([
    ['', 401, 'error.platform.notification.unauthorized'],
    ['a-key-of-the-tests-that-is-lonh', 401, 'error.platform.notification.unauthorized'],
    [NARROW, 403, 'error.platform.notification.forbidden'],
  ])('lets nobody in without the right key: %j', async (key, status, code) => {
    const answer = await call('POST', '/notify', { key, body: { notification: 'alert', to: ANN } });
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(carrier.accepted).toEqual([]);
  });

  it.each([
    ['{', 400, 'error.platform.notification.request-malformed'],
    ['[]', 400, 'error.platform.notification.request-malformed'],
    ['null', 400, 'error.platform.notification.request-malformed'],
    [{ ...NOTIFY, more: 1 }, 400, 'error.platform.notification.request-malformed'],
    [{ ...NOTIFY, at: '2026-12-01' }, 400, 'error.platform.notification.request-malformed'],
    [{ ...NOTIFY, data: { n: 'x' } }, 400, 'error.platform.notification.data-malformed'],
    [{ ...NOTIFY, to: 'Ann' }, 400, 'error.platform.address.malformed'],
    [{ ...NOTIFY, notification: 'none' }, 404, 'error.platform.notification.unknown'],
    [{ ...NOTIFY, app: 'none' }, 404, 'error.platform.app.unknown'],
    ['x'.repeat(70_000), 413, 'error.platform.notification.too-large'],
  ])('refuses %.40j', async (body, status, code) => {
    const answer = await call('POST', '/notify', { body });
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(carrier.accepted).toEqual([]);
  });
});

describe('POST /broadcasts', () => {
  const over = (id: unknown) =>
    vi.waitFor(
      async () => {
        const { json } = await call('GET', `/broadcasts/${id}`);
        expect(json.state).toBe('done');
        return json;
      },
      { timeout: 20_000 },
    );

  it('takes a list of JSON values, and tells how far it is', async () => {
    const body = `{"to":"${ANN}","data":{"n":1}}\n{"to":"+14155550124","data":{"n":"x"}}\n{"to":"${ANN}","data":{"n":3}}\n`;
    const answer = await call('POST', '/broadcasts?notification=news', { body, type: 'application/x-ndjson' });
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ notification: 'news', recipients: 1, duplicates: 1, malformed: { count: 1 } });
    expect(await over(answer.json.id)).toMatchObject({ done: 1, outcomes: { sent: 1 } });
  });

  it('takes a CSV', async () => {
    const type = 'text/csv; charset=utf-8';
    const answer = await call('POST', '/broadcasts?notification=news', { body: `to,n\n${ANN},7\n`, type });
    await over(answer.json.id);
    expect(carrier.accepted.map(({ message }) => message.text)).toEqual(['News 7']);
  });

  it('takes a local time and a key from the query', async () => {
    const query = 'notification=alert&date=2031-12-01&time=09:00&timeZone=America/New_York&idempotencyKey=k';
    const ask = () => call('POST', `/broadcasts?${query}`, { body: `to\n${ANN}\n`, type: 'text/csv' });
    const first = await ask();
    expect(await over(first.json.id)).toMatchObject({ outcomes: { scheduled: 1 } });
    expect((await ask()).json.id).toBe(first.json.id);
    const other = await call('POST', `/broadcasts?${query}`, { body: 'to\n+14155550199\n', type: 'text/csv' });
    expect([other.status, other.code]).toEqual([409, 'error.platform.notification.key-reused']);
    const cancelled = await call('POST', `/broadcasts/${first.json.id}/cancel`);
    expect(cancelled.json).toMatchObject({ state: 'cancelled' });
  });

  it.each([
    ['?notification=news', 'application/json', 415, 'error.platform.notification.media-type'],
    ['?notification=none', 'text/csv', 404, 'error.platform.notification.unknown'],
    ['', 'text/csv', 400, 'error.platform.notification.request-malformed'],
    ['?notification=news&date=2026-12-01', 'text/csv', 400, 'error.platform.notification.request-malformed'],
    ['?notification=news&mode=fast', 'text/csv', 400, 'error.platform.notification.request-malformed'],
    ['?notification=news', 'text/csv', 400, 'error.platform.notification.request-malformed'],
  ])('refuses %s of %s', async (query, type, status, code) => {
    const answer = await call('POST', `/broadcasts${query}`, { body: 'name\nAnn\n', type });
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  it('texts nobody when the list breaks off', async () => {
    const uploading = httpRequest(`${root()}/broadcasts?notification=alert&idempotencyKey=k`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'text/csv' },
    });
    uploading.on('error', () => {});
    uploading.write(`to\n${ANN}\n`);
    await vi.waitFor(async () => {
      const ids: string[] = [];
      const keyv = engine.organization.storage.keyv('plugin:notifications');
      for await (const [key] of keyv.iterator?.(undefined) ?? []) ids.push(key);
      expect(ids).toHaveLength(1);
    });
    uploading.destroy();
    await vi.waitFor(async () => {
      const states: string[] = [];
      const keyv = engine.organization.storage.keyv('plugin:notifications');
      for await (const [, { state }] of keyv.iterator?.(undefined) ?? []) states.push(state);
      expect(states).toEqual(['broken-off']);
    });
    expect(carrier.accepted).toEqual([]);
  });

  it('tells nothing of broadcasts to those who may not send them, or of such that are none', async () => {
    const { json } = await call('POST', '/broadcasts?notification=alert', { body: `to\n${ANN}`, type: 'text/csv' });
    await over(json.id);
    expect((await call('GET', `/broadcasts/${json.id}`, { key: NARROW })).status).toBe(403);
    expect((await call('POST', `/broadcasts/${json.id}/cancel`, { key: NARROW })).status).toBe(403);
    expect((await call('GET', `/broadcasts/${json.id}`, { key: '' })).status).toBe(401);
    expect((await call('GET', '/broadcasts/none')).code).toBe('error.platform.notification.broadcast-unknown');
  });
});
