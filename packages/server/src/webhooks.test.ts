import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { ParleyError, silentLog } from '@parley/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from './serve.ts';
import { createFakeEngine, type FakeEngine, type FakeEngineOptions } from './testing/fake-engine.ts';

const open: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close({ grace: 500 })));
});

async function start(options: FakeEngineOptions = {}, limit?: number): Promise<{ url: string; engine: FakeEngine }> {
  const engine = createFakeEngine({ receive: () => ({ status: 200 }), ...options });
  const server = await serve(engine, { port: 0, log: silentLog, ...(limit === undefined ? {} : { bodyLimit: limit }) });
  open.push(server);
  return { url: server.url, engine };
}

describe('a webhook', () => {
  it('reaches the engine as it came and is answered as the engine says', async () => {
    const { url, engine } = await start({
      receive: () => ({ status: 200, contentType: 'text/xml', body: '<Response/>' }),
    });
    const response = await fetch(`${url}/webhooks/fake/inbound/more?a=1&b=%20`, {
      method: 'POST',
      body: 'Body=hello&NumMedia=0',
      headers: { 'X-Twilio-Signature': 'abc', 'content-type': 'application/x-www-form-urlencoded' },
    });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/xml');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(await response.text()).toBe('<Response/>');
    const { transport, request } = engine.received[0]!;
    expect(transport).toBe('fake');
    expect(request).toMatchObject({ method: 'POST', path: '/inbound/more?a=1&b=%20' });
    expect(request.headers['x-twilio-signature']).toBe('abc');
    expect(Buffer.from(request.body).toString()).toBe('Body=hello&NumMedia=0');
  });

  it('keeps the status of an answer without a body', async () => {
    for (const status of [200, 204, 404]) {
      const { url } = await start({ receive: () => ({ status }) });
      const response = await fetch(`${url}/webhooks/fake/status`, { method: 'POST' });
      expect(response.status).toBe(status);
      expect(await response.text()).toBe('');
    }
  });

  it('of a transport that is not there is a 404 that says so', async () => {
    const { url, engine } = await start();
    for (const path of ['/webhooks/nobody/inbound', '/webhooks/', '/webhooks/__proto__/x', '/webhooks/toString/x']) {
      const response = await fetch(url + path, { method: 'POST', body: 'x' });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'error.platform.webhook.not-found' } });
    }
    expect(engine.received).toHaveLength(0);
  });

  it('that the engine refuses is answered with the code and the status of the error', async () => {
    const { url } = await start({
      receive: () => {
        throw new ParleyError('error.platform.number.unknown', { number: '+14155550188' });
      },
    });
    const response = await fetch(`${url}/webhooks/fake/inbound`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(404);
    const body = await response.text();
    expect(JSON.parse(body).error.code).toBe('error.platform.number.unknown');
    expect(body).not.toContain('4155550188');
    expect(Object.keys(JSON.parse(body).error)).toEqual(['code', 'message']);
  });

  it('that breaks the engine is a coded 500 without a word of what happened', async () => {
    const { url } = await start({
      receive: () => {
        throw new Error('secret of +14155550142');
      },
    });
    const response = await fetch(`${url}/webhooks/fake/inbound`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(JSON.parse(body).error.code).toBe('error.platform.server.failed');
    expect(body).not.toMatch(/secret|0142|\.ts/);
  });
});

describe('the body limit', () => {
  const tooLarge = { error: { code: 'error.platform.webhook.too-large' } };

  it('lets 64 KB pass and not a byte more', async () => {
    const { url, engine } = await start();
    const post = (size: number) => fetch(`${url}/webhooks/fake/inbound`, { method: 'POST', body: 'x'.repeat(size) });
    expect((await post(65_536)).status).toBe(200);
    expect(engine.received[0]?.request.body).toHaveLength(65_536);
    const refused = await post(65_537);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject(tooLarge);
    expect(engine.received).toHaveLength(1);
  });

  it('holds for bodies that do not say how long they are', async () => {
    const { url, engine } = await start({}, 1000);
    const answer = await chunked(`${url}/webhooks/fake/inbound`, Array(30).fill('y'.repeat(100)));
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject(tooLarge);
    expect((await chunked(`${url}/webhooks/fake/inbound`, Array(10).fill('y'.repeat(100)))).status).toBe(200);
    expect(Buffer.from(engine.received[0]!.request.body).toString()).toBe('y'.repeat(1000));
  });

  it('cuts off a client that sends on and on, after it has answered', async () => {
    const { url } = await start({}, 1000);
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('POST /webhooks/fake/inbound HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n');
    const pump = setInterval(() => socket.write('z'.repeat(65_536)), 1);
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(pump);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/connection: close/i);
  });

  it('never hands the engine half a body when the client goes away', async () => {
    const { url, engine } = await start();
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('POST /webhooks/fake/inbound HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await fetch(`${url}/webhooks/fake/inbound`, { method: 'POST', body: 'whole' })).status).toBe(200);
    expect(engine.received).toHaveLength(1);
  });

  it('takes what comes after a content-length that lies for a broken request', async () => {
    const { url, engine } = await start();
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('POST /webhooks/fake/inbound HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabcdefghi');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    await new Promise((resolve) => socket.once('close', resolve));
    expect(Buffer.from(engine.received[0]!.request.body).toString()).toBe('abc');
    expect(answer).toContain('HTTP/1.1 400 Bad Request');
  });
});

function chunked(url: string, chunks: readonly string[]): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST' }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (data: string) => {
        body += data;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject);
    for (const chunk of chunks) request.write(chunk);
    request.end();
  });
}
