import { createEngine, defineApp, defineOrganization, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { createPluginRouters, createRuntime, type RunningServer, serve } from '@parley/server';
import { SimulatedCarrier } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConsentPlugin, consent } from '../src/consent.ts';
import { ANN, BOB } from './support/ledger.ts';

const KEY = 'a-key-of-24-characters-or-more';

let server: RunningServer;
let ledger: ConsentPlugin;

async function start(apiKey?: string): Promise<void> {
  ledger = consent({ apiKey });
  const organization = defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'clinic', number: '+14155550100' })],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins: [ledger],
  });
  const plugins = createPluginRouters();
  const runtime = { ...createRuntime({ log: silentLog }), createRouter: plugins.create };
  server = await serve(createEngine(organization, runtime), { ...runtime, plugins, port: 0 });
}

beforeEach(() => start(KEY));
afterEach(() => server.close({ grace: 0 }));

function call(path: string, body?: unknown, key = KEY): Promise<Response> {
  const init =
    body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
  return fetch(`${server.url}/plugins/consent/${path}`, { ...init, headers: { authorization: `Bearer ${key}` } });
}

async function codeOf(response: Response): Promise<unknown> {
  return [response.status, ((await response.json()) as { error?: { code?: string } }).error?.code];
}

const entry = {
  id: 'form-17',
  kind: 'given',
  person: ANN,
  app: 'clinic',
  categories: ['marketing'],
  at: 1,
  how: 'web',
};

describe('the ledger over HTTP', () => {
  it('records an entry once', async () => {
    const first = await call('entries', entry);
    expect([first.status, await first.json()]).toEqual([201, { id: 'form-17', outcome: 'recorded' }]);
    const again = await call('entries', entry);
    expect([again.status, await again.json()]).toEqual([200, { id: 'form-17', outcome: 'known' }]);
    expect(await ledger.allows(ANN, 'clinic', 'marketing')).toBe(true);
    expect(await codeOf(await call('entries', { ...entry, kind: 'revoked' }))).toEqual([
      409,
      'error.platform.consent.conflict',
    ]);
  });

  it('gives an entry without an id one', async () => {
    const { id: _, ...rest } = entry;
    const { id } = (await (await call('entries', rest)).json()) as { id: string };
    expect((await ledger.of(ANN))[0]?.id).toBe(id);
  });

  it('looks a person up', async () => {
    await call('entries', entry);
    expect(await (await call('lookup', { person: ANN })).json()).toMatchObject({
      entries: [{ ...entry, sequence: 1 }],
    });
    expect(await (await call('lookup', { person: BOB })).json()).toEqual({ entries: [] });
  });

  it('exports all as CSV or JSON', async () => {
    await call('entries', entry);
    await call('entries', { ...entry, person: BOB });
    const csv = await call('export');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('cache-control')).toBe('no-store');
    expect((await csv.text()).trim().split('\r\n')).toHaveLength(3);
    expect(await (await call('export?format=json')).json()).toHaveLength(2);
  });

  it('answers nobody without the key', async () => {
    for (const key of ['', 'wrong', `${KEY}x`, KEY.slice(1)]) {
      for (const [path, body] of [['entries', entry], ['lookup', { person: ANN }], ['export']] as const) {
        const response = await call(path, body, key);
        expect(await codeOf(response), path).toEqual([401, 'error.platform.consent.unauthorized']);
      }
    }
    expect(await ledger.of(ANN)).toEqual([]);
  });

  it('is not there without a key in the options', async () => {
    await server.close({ grace: 0 });
    await start();
    expect((await call('export')).status).toBe(404);
  });

  it.each([
    ['entries', '{'],
    ['entries', []],
    ['entries', { ...entry, person: '555-0123' }],
    ['entries', { ...entry, at: Date.now() + 1e9 }],
    ['entries', { ...entry, evidence: { ip: '192.0.2.1' } }],
    ['entries', { ...entry, evidence: { words: 'x'.repeat(70_000) } }],
    ['lookup', { person: 'Ann' }],
    ['lookup', null],
  ])('refuses %s of what makes no sense', async (path, body) => {
    expect(await codeOf(await call(path, body))).toEqual([400, 'error.platform.consent.malformed']);
  });

  it('refuses an app that there is not, and a format', async () => {
    expect(await codeOf(await call('entries', { ...entry, app: 'shop' }))).toEqual([404, 'error.platform.app.unknown']);
    expect(await codeOf(await call('export?format=xml'))).toEqual([400, 'error.platform.consent.malformed']);
  });
});
