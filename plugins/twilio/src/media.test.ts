import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Agent, type Dispatcher } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchMedia } from './media.ts';

let server: Server;
let listener: RequestListener;
let asked: { readonly path: string; readonly authorization: string | undefined }[];
let base: string;
const pool = new Agent();
const credentials = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'secret', apiKey: undefined };

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function get(url: string, limit = 1000, signal = new AbortController().signal) {
  return fetchMedia(url, { limit, signal }, { pool, credentials, baseUrl: base });
}

const isShort = (data: Uint8Array) => data.byteLength <= 10;
const refused = { code: 'error.platform.media.refused' };

describe('media that a person has sent', () => {
  it('is fetched with the credentials of the account', async () => {
    listener = (_, response) => response.setHeader('content-type', 'image/png').end('picture');
    const { contentType, data } = await get(`${base}/Media/ME1?x=1`);
    expect([contentType, Buffer.from(data).toString()]).toEqual(['image/png', 'picture']);
    const basic = Buffer.from(`${credentials.accountSid}:secret`).toString('base64');
    expect(asked).toEqual([{ path: '/Media/ME1?x=1', authorization: `Basic ${basic}` }]);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:6379/',
    'https://example.com/picture.png',
    'https://api.twilio.com.example.com/picture.png',
    'https://nottwilio.com/',
    'http://api.twilio.com/insecure',
    'file:///etc/passwd',
    'https://api.twilio.com@127.0.0.1/',
    'https://api.twilio.com:pass@example.com/',
    'https://example.com\\@api.twilio.com/',
    'https://example.com#.twilio.com/',
    'https://api.twilio.com.:443/',
    'https://api.twilio.com:6379/',
    'https://twilio.com。example.com/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::1]/',
    'https://0x7f000001/',
    'https://s3-external-1.amazonaws.com.example.com/',
    'data:text/html,hello',
  ])('is not asked for at %s', async (url) => {
    await expect(get(url)).rejects.toMatchObject(refused);
    expect(asked).toEqual([]);
  });

  it('is not followed to another host', async () => {
    listener = (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/inside' }).end();
    await expect(get(`${base}/Media/ME1`)).rejects.toMatchObject(refused);
    expect(asked).toHaveLength(1);
  });

  it('is followed on the same host, and not for ever', async () => {
    listener = ({ url }, response) => {
      if (url === '/Media/ME1') response.writeHead(302, { location: '/stored' }).end();
      else response.end('picture');
    };
    expect(Buffer.from((await get(`${base}/Media/ME1`)).data).toString()).toBe('picture');
    listener = (_, response) => response.writeHead(302, { location: '/again' }).end();
    await expect(get(`${base}/Media/ME1`)).rejects.toMatchObject({ code: 'error.platform.media.unavailable' });
  });

  it('is not read beyond its limit', async () => {
    listener = (_, response) => response.end('x'.repeat(2000));
    await expect(get(`${base}/Media/ME1`)).rejects.toMatchObject({ code: 'error.platform.media.too-large' });
  });

  it.each(['http://[', 'https://', '', 'https://example.com%2f.twilio.com/'])('is unavailable at %j', async (url) => {
    await expect(get(url)).rejects.toMatchObject({ code: 'error.platform.media.unavailable' });
    listener = (_, response) => response.writeHead(302, { location: 'http://[' }).end();
    await expect(get(`${base}/Media/ME1`)).rejects.toMatchObject({ code: 'error.platform.media.unavailable' });
  });

  it.each([
    ['in chunks without end', {}],
    ['behind a length that is too small', { 'content-length': '10' }],
    ['compressed', { 'content-encoding': 'gzip' }],
  ])('is not read beyond its limit %s', async (_how, headers) => {
    listener = (_, response) => {
      response.strictContentLength = false;
      response.writeHead(200, headers);
      const talk = setInterval(() => response.write(gzipSync(Buffer.alloc(10_000_000))), 1);
      response.on('close', () => clearInterval(talk));
    };
    const failure = await get(`${base}/Media/ME1`).catch((error: Error) => error);
    // Ten bytes and rubbish behind them are ten bytes: nothing of them is ever more than the limit.
    if ('content-length' in headers) expect(failure).toMatchObject({ data: expect.toSatisfy(isShort) });
    else expect(failure).toMatchObject({ code: 'error.platform.media.too-large' });
  });

  it.each([
    ['breaks off', (response: ServerResponse) => response.write('half', () => response.destroy())],
    ['is never answered', () => {}],
    ['never ends', (response: ServerResponse) => response.write('half')],
  ])('that %s has a code', async (_how, answer) => {
    listener = (_, response) => answer(response.setHeader('content-length', '100'));
    await expect(get(`${base}/Media/ME1`, 1000, AbortSignal.timeout(200))).rejects.toMatchObject({
      code: 'error.platform.media.unavailable',
    });
  });

  it('that is redirected to a store gets no credentials there', async () => {
    const seen: unknown[] = [];
    const spying = {
      request(options: Dispatcher.RequestOptions) {
        seen.push([options.origin, 'authorization' in (options.headers as object)]);
        const first = options.origin === 'https://api.twilio.com';
        return pool.request({ ...options, origin: base, path: first ? '/first' : '/then' });
      },
    } as unknown as Dispatcher;
    for (const host of ['mms.twiliocdn.com', 's3-external-1.amazonaws.com']) {
      listener = ({ url }, response) => {
        if (url === '/first') response.writeHead(307, { location: `https://${host}/stored` });
        response.end('picture');
      };
      const signal = new AbortController().signal;
      const options = { pool: spying, credentials, baseUrl: undefined };
      await fetchMedia('https://api.twilio.com/Media/ME1', { limit: 1000, signal }, options);
      expect(seen.splice(0)).toEqual([
        ['https://api.twilio.com', true],
        [`https://${host}`, false],
      ]);
    }
  });

  it.each([404, 500])('that is not there (%d) has a code', async (status) => {
    listener = (_, response) => response.writeHead(status).end('Texts of +14155550123');
    const failure = await get(`${base}/Media/ME1`).catch((error: Error) => error);
    expect(failure).toMatchObject({ code: 'error.platform.media.unavailable' });
    expect(String(failure)).not.toContain('+1415');
  });
});
