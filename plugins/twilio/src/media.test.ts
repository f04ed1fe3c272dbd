import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
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

function get(url: string, limit = 1000) {
  const signal = new AbortController().signal;
  return fetchMedia(url, { limit, signal }, { pool, credentials, baseUrl: base });
}

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

  it.each([404, 500])('that is not there (%d) has a code', async (status) => {
    listener = (_, response) => response.writeHead(status).end('Texts of +14155550123');
    const failure = await get(`${base}/Media/ME1`).catch((error: Error) => error);
    expect(failure).toMatchObject({ code: 'error.platform.media.unavailable' });
    expect(String(failure)).not.toContain('+1415');
  });
});
