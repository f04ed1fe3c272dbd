import { request as httpRequest } from 'node:http';
import { networkInterfaces } from 'node:os';
import { address, type MessageRecord, silentLog } from '@parley/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, type ServeOptions, serve } from '../serve.ts';
import { createFakeEngine, type FakeEngineOptions } from '../testing/fake-engine.ts';

const open: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close({ grace: 200 })));
});

async function start(engineOptions: FakeEngineOptions = {}, options: ServeOptions = {}) {
  const engine = createFakeEngine(engineOptions);
  const server = await serve(engine, { port: 0, log: silentLog, phone: true, ...options });
  open.push(server);
  const api = `${server.url}/phone/api`;
  const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${api}/text`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers });
  return { engine, server, api, post };
}

// biome-ignore lint/suspicious/noExplicitAny: the shape is what is being tested
const jsonOf = async (response: Response): Promise<any> => response.json();
const codeOf = async (response: Response) => (await jsonOf(response)).error.code;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const maya = '+14155550142';
const clinic = address('+14155550100');

function record(fields: Partial<MessageRecord>): MessageRecord {
  return {
    id: 'M1',
    app: 'appointments',
    direction: 'outbound',
    ours: clinic,
    theirs: address(maya),
    text: 'logged',
    media: [],
    at: 1_000,
    status: 'failed',
    history: [],
    ...fields,
  } as MessageRecord;
}

describe('the page', () => {
  it('is served with a strict policy, and again only when it has changed', async () => {
    const { server } = await start();
    const page = await fetch(`${server.url}/phone/`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(await page.text()).not.toMatch(/<script>|<style|style=|onclick/);
    const etag = page.headers.get('etag')!;
    expect(await get(`${server.url}/phone/`, { 'if-none-match': etag })).toBe(304);
    expect(await get(`${server.url}/phone/`, { 'if-none-match': '"other"' })).toBe(200);
    expect((await fetch(`${server.url}/phone/base.css`)).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  it('has no files but its own', async () => {
    const { server } = await start();
    for (const path of [
      'tsconfig.json',
      'src/main.ts',
      '..%2fpackage.json',
      '%2e%2e/package.json',
      'main.d.ts',
      'x.css',
    ]) {
      expect((await fetch(`${server.url}/phone/${path}`)).status).toBe(404);
    }
  });

  it('is refused under a foreign name, through a tunnel and to foreign sites', async () => {
    const { server, post, engine } = await start();
    expect(await get(`${server.url}/phone/api/organization`, { host: 'evil.example' })).toBe(403);
    expect(await get(`${server.url}/phone/`, { 'x-forwarded-for': '1.2.3.4' })).toBe(403);
    const headers = { 'content-type': 'application/json', origin: 'http://evil.example' };
    const response = await post({ app: 'appointments', from: maya, text: 'hi' }, headers);
    expect([response.status, await codeOf(response)]).toEqual([403, 'error.platform.phone.forbidden']);
    expect(engine.received).toHaveLength(0);
  });

  const lan = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  it('is refused to other computers unless the host is allowed', async (context) => {
    if (lan === undefined) return context.skip('this computer has no address that others could reach');
    const closed = await start({}, { host: '0.0.0.0' });
    expect(await get(`http://${lan}:${closed.server.port}/phone/`)).toBe(403);
    expect(await get(`http://localhost:${closed.server.port}/phone/`)).toBe(200);
    const allowed = await start({}, { host: '0.0.0.0', phone: { allowHosts: [lan] } });
    expect(await get(`http://${lan}:${allowed.server.port}/phone/`)).toBe(200);
  });
});

describe('the API of the page', () => {
  it('tells of the apps, which of them are emulated, and of known people', async () => {
    const { api } = await start();
    const view = await jsonOf(await fetch(`${api}/organization`));
    expect(view.name).toBe('Riverside Clinic');
    expect(view.apps.map((app: { id: string; emulated: boolean }) => [app.id, app.emulated])).toEqual([
      ['appointments', true],
      ['lab-results', true],
      ['billing', false],
    ]);
    expect(view.apps[0]).toMatchObject({ name: 'Appointments', address: '+14155550100', keywords: ['BOOK', 'CANCEL'] });
    expect(view.people).toEqual([{ phone: maya, name: 'Maya Chen' }]);
  });

  it('texts through the real webhook and says how that answered', async () => {
    const { post, engine, api } = await start();
    const response = await post({ app: 'appointments', from: maya, text: 'BOOK' });
    expect(await response.json()).toEqual({ id: expect.stringMatching(/^SMin/), answered: 200 });
    expect(engine.received[0]).toMatchObject({ transport: 'fake', request: { path: '/inbound' } });
    const { messages } = await jsonOf(await fetch(`${api}/thread?app=appointments&phone=${encodeURIComponent(maya)}`));
    expect(messages).toEqual([
      expect.objectContaining({
        app: 'appointments',
        phone: maya,
        direction: 'inbound',
        text: 'BOOK',
        status: 'received',
      }),
    ]);
    const refused = await start({ receive: () => ({ status: 403 }) });
    expect(await (await refused.post({ app: 'appointments', from: maya, text: 'x' })).json()).toMatchObject({
      answered: 403,
    });
  });

  it('shows what the phone does not: messages refused by the provider, and those of an earlier run', async () => {
    const records = [
      record({ id: 'M3' as never, at: 3_000, error: { code: '21610', reason: 'opted out' } }),
      record({ id: 'M2' as never, at: 2_000, status: 'pending', text: 'on its way' }),
      record({
        id: 'M1' as never,
        at: 1_000,
        status: 'delivered',
        providerId: 'SMold',
        providerStatus: 'delivered',
        media: [{ url: '/plugins/map/map.png' }, { url: 'https://a.example/b.png' }],
      }),
    ];
    const { api } = await start({ records });
    const { messages } = await jsonOf(await fetch(`${api}/thread?app=appointments&phone=${encodeURIComponent(maya)}`));
    expect(messages).toEqual([
      expect.objectContaining({
        id: 'SMold',
        status: 'delivered',
        media: [{ url: '../plugins/map/map.png' }, { url: 'https://a.example/b.png' }],
      }),
      expect.objectContaining({ id: 'M3', status: 'failed', code: '21610', reason: 'opted out' }),
    ]);
  });

  it.each([
    ['no JSON', '{', undefined],
    ['no text', { app: 'appointments', from: maya, text: '  ' }, undefined],
    ['no number', { app: 'appointments', from: '0142', text: 'x' }, undefined],
    ['too long a text', { app: 'appointments', from: maya, text: 'x'.repeat(1601) }, undefined],
    ['an unknown field', { app: 'appointments', from: maya, text: 'x', admin: true }, undefined],
    [
      'a picture from nowhere',
      { app: 'appointments', from: maya, text: 'x', media: [{ url: 'file:///x' }] },
      undefined,
    ],
    ['a form, as any site can post', 'text=x', { 'content-type': 'text/plain' }],
  ])('refuses %s', async (_, body, headers) => {
    const { post, engine } = await start();
    const response = await post(body, headers);
    expect([response.status, await codeOf(response)]).toEqual([400, 'error.platform.phone.malformed']);
    expect(engine.received).toHaveLength(0);
  });

  it('says so when an app is unknown or on real phones', async () => {
    const { post, api } = await start();
    expect(await codeOf(await post({ app: 'nobody', from: maya, text: 'x' }))).toBe('error.platform.app.unknown');
    const real = await post({ app: 'billing', from: maya, text: 'x' });
    expect([real.status, await codeOf(real)]).toEqual([404, 'error.platform.transport.no-emulator']);
    expect((await fetch(`${api}/text`)).status).toBe(404);
  });

  it('takes pictures by what they are, not by what they are called, up to 5 MB', async () => {
    const { api } = await start();
    const upload = (body: Uint8Array, contentType: string) =>
      fetch(`${api}/media?app=appointments`, { method: 'POST', body, headers: { 'content-type': contentType } });
    expect(await (await upload(PNG, 'text/plain')).json()).toMatchObject({
      contentType: 'image/png',
      url: expect.any(String),
    });
    const html = await upload(Buffer.from('<html>'), 'image/png');
    expect([html.status, await codeOf(html)]).toEqual([415, 'error.platform.phone.media-type']);
    const large = Buffer.alloc(5 * 1024 * 1024 + 1);
    PNG.copy(large);
    const refused = await upload(large, 'image/png');
    expect([refused.status, await codeOf(refused)]).toEqual([413, 'error.platform.phone.media-too-large']);
    expect((await upload(large.subarray(0, -1), 'image/png')).status).toBe(200);
  });
});

describe('the news', () => {
  it('tell of messages, status changes and refusals as they happen', async () => {
    const { api, engine, post } = await start();
    const stream = events(api);
    expect(await stream.next()).toMatchObject({ event: 'ready', data: { resumed: false } });
    await post({ app: 'appointments', from: maya, text: 'hi' });
    expect(await stream.next()).toMatchObject({ event: 'message', data: { text: 'hi', status: 'queued' } });
    expect(await stream.next()).toMatchObject({ data: { text: 'hi', status: 'received' } });
    engine.tell({ kind: 'message', message: record({ status: 'pending' }) });
    engine.tell({ kind: 'message', message: record({ error: { code: '21610', reason: 'opted out' } }) });
    expect(await stream.next()).toMatchObject({ data: { id: 'M1', status: 'failed', code: '21610' } });
    stream.close();
  });

  it('go on where a page has lost its connection, or tell it to read everything again', async () => {
    const { api, post } = await start();
    const first = events(api);
    await first.next();
    await post({ app: 'appointments', from: maya, text: 'one' });
    const { id } = await first.next();
    first.close();
    await post({ app: 'appointments', from: maya, text: 'two' });

    const resumed = events(api, id);
    expect(await resumed.next()).toMatchObject({ data: { resumed: true } });
    expect(await resumed.next()).toMatchObject({ data: { text: 'one', status: 'received' } });
    expect(await resumed.next()).toMatchObject({ data: { text: 'two', status: 'queued' } });
    resumed.close();
    for (const stale of ['other-1', `${id?.split('-')[0]}-99`, 'x']) {
      const stream = events(api, stale);
      expect(await stream.next()).toMatchObject({ data: { resumed: false } });
      stream.close();
    }
  });
});

interface StreamEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data?: { readonly [field: string]: unknown };
}

/** Reads server-sent events one at a time. */
function events(api: string, lastId?: string) {
  const abort = new AbortController();
  const source = (async function* (): AsyncGenerator<StreamEvent, StreamEvent> {
    const headers = lastId === undefined ? {} : { 'last-event-id': lastId };
    const response = await fetch(`${api}/events`, { headers, signal: abort.signal });
    let buffer = '';
    for await (const chunk of response.body!) {
      buffer += Buffer.from(chunk).toString();
      const blocks = buffer.split('\n\n');
      buffer = blocks.pop() ?? '';
      for (const block of blocks.filter((one) => !one.startsWith(':'))) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
        yield { ...fields, data: JSON.parse(fields.data) };
      }
    }
    return {};
  })();
  return { next: async () => (await source.next()).value, close: () => abort.abort() };
}

/** The status of a GET with headers that fetch does not let one set. */
function get(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
