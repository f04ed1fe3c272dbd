import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { networkOf } from '../../src/api/access/attempts.ts';
import { maskingFor } from '../../src/api/views/masking.ts';
import { ANN, type Api, PASSWORD, SECRET_OURS, startApi, TOKENS } from './world.ts';

let api: Api;
const controller = { current: new AbortController() };
afterEach(async () => {
  vi.useRealTimers();
  controller.current.abort();
  controller.current = new AbortController();
  await api?.server.close({ grace: 100 });
});

const OWN_PAGE = { 'x-parley': 'console' };

/** As no client would send it: paths and hosts are not tidied up. */
function raw(
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: api.server.port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        response
          .on('data', (chunk) => (text += chunk))
          .on('end', () => {
            resolve({ status: response.statusCode ?? 0, body: text });
          });
      },
    );
    asked.on('error', reject).end(body);
  });
}

function listen(as: keyof typeof TOKENS | undefined, headers: Readonly<Record<string, string>> = {}) {
  return fetch(`${api.server.url}/api/v1/events`, {
    headers: { ...headers, ...(as === undefined ? {} : { authorization: `Bearer ${TOKENS[as]}` }) },
    signal: controller.current.signal,
  });
}

function attempt(name: string, password: string) {
  return api.ask('POST /session', { body: { name, password }, headers: OWN_PAGE });
}

describe('whoever guesses passwords', () => {
  it('has no more guesses all at once than one after the other', async () => {
    api = await startApi();
    const statuses = (await Promise.all(Array.from({ length: 40 }, () => attempt('ann', 'wrong')))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  });

  it('has no more of them under many names', async () => {
    api = await startApi();
    const statuses: number[] = [];
    for (let round = 0; round < 3; round++) {
      const answers = Array.from({ length: 30 }, (_, index) => attempt(`name-${round}-${index}`, 'wrong'));
      for (const { status } of await Promise.all(answers)) statuses.push(status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(50);
  });

  it('does not fill the audit log', async () => {
    api = await startApi();
    await Promise.all(Array.from({ length: 40 }, () => attempt('ann', 'wrong')));
    for (let count = 0; count < 5; count++) {
      await api.ask('POST /session', { body: { name: 'ann', password: 'wrong' } });
      await api.ask('DELETE /session', { headers: OWN_PAGE });
    }
    const { body } = await api.ask('GET /audit?limit=200', { as: 'operator' });
    expect(body.entries).toHaveLength(10);
  });

  it('does not get further with another address of the same network', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
    expect(networkOf('2001:0db8:1:2::9')).toBe('2001:db8:1:2');
    expect(networkOf('2001:db8::9')).toBe('2001:db8:0:0');
    expect(networkOf('1::2:3:4:5:6:7')).toBe('1:0:2:3');
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0');
    expect([networkOf('203.0.113.7'), networkOf('::ffff:203.0.113.7')]).toEqual(['203.0.113.7', '::ffff:203.0.113.7']);
  });
});

describe('whoever looks for a word', () => {
  it('learns neither by a page nor by what follows it of a confidential app', async () => {
    api = await startApi();
    // Answers quote what was said, so each is found twice.
    await api.text('apple', '+14155550201');
    await api.text('apple', '+14155550202', SECRET_OURS);
    await api.text('apple', '+14155550203', SECRET_OURS);
    await api.text('apple', '+14155550204');
    const pages: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await api.ask(`GET /messages?text=apple&limit=1${cursor}`, { as: 'operator' });
      pages.push(body.messages.map(({ app }: { app: string }) => app));
      cursor = body.next === undefined ? '' : `&cursor=${encodeURIComponent(body.next)}`;
    } while (cursor !== '');
    expect(pages).toEqual([['app'], ['app'], ['app'], ['app']]);
    const { body } = await api.ask('GET /messages?text=apple&app=secret&limit=1', { as: 'operator' });
    expect(body).toEqual({ messages: [] });
    const { body: exact } = await api.ask('GET /messages?text=apple&limit=4', { as: 'operator' });
    expect([exact.messages.length, exact.next]).toEqual([4, undefined]);
  });

  it('can not guess a number that is masked', async () => {
    api = await startApi();
    await api.text('call me at +14155550188');
    const found = async (text: string, as: 'viewer' | 'agent') =>
      (await api.ask(`GET /messages?text=${encodeURIComponent(text)}&limit=1`, { as })).body.messages.length;
    expect([await found('+1415555', 'viewer'), await found('15555018', 'viewer')]).toEqual([0, 0]);
    expect([await found('CALL me', 'viewer'), await found('0188', 'viewer')]).toEqual([1, 1]);
    expect(await found('+1415555', 'agent')).toBe(1);
  });
});

describe('a viewer', () => {
  it('sees no number that is kept as a number, but moments', () => {
    const { data } = maskingFor('viewer');
    const moments = { at: 1_795_554_098_676, seconds: 12, part: 0.25 };
    expect(data({ ...moments, phone: 4_155_550_188, list: [14_155_550_188] })).toEqual({
      ...moments,
      phone: '…0188',
      list: ['…0188'],
    });
    expect(maskingFor('agent').data({ phone: 4_155_550_188 })).toEqual({ phone: 4_155_550_188 });
  });

  it('sees no number in notes and in what was said', async () => {
    api = await startApi();
    await api.text('my number is 4155550188');
    const { body } = await api.ask('GET /messages', { as: 'agent' });
    const { conversation } = body.messages[0];
    await api.ask(`POST /conversations/${conversation}/hand-over`, { as: 'agent', body: { note: `Call ${ANN}` } });
    for (const path of ['/messages', '/conversations', `/conversations/${conversation}`, '/journeys']) {
      const { status, body: shown } = await api.ask(`GET ${path}`, { as: 'viewer' });
      expect(status).toBe(200);
      expect(JSON.stringify(shown)).not.toMatch(/5550188|5550123/);
    }
  });
});

describe('a confidential app', () => {
  it('does not say by an error what a bot was told', async () => {
    api = await startApi();
    await api.text('hello', ANN, SECRET_OURS);
    await api.text('boom', ANN, SECRET_OURS);
    const { body: list } = await api.ask('GET /conversations?parked=true', { as: 'operator' });
    const { body } = await api.ask(`GET /conversations/${list.conversations[0].id}`, { as: 'operator' });
    expect(body.parked).toHaveLength(1);
    expect(JSON.stringify(body)).not.toContain('can not go on with');
  });
});

describe('a stream of news', () => {
  it('is one of a hundred for one of them, and of their own', async () => {
    api = await startApi();
    const answers = await Promise.all(Array.from({ length: 102 }, () => listen('viewer')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
    expect((await listen('agent')).status).toBe(200);
    // Those that are closed make room.
    controller.current.abort();
    controller.current = new AbortController();
    await vi.waitFor(async () => expect((await listen('viewer')).status).toBe(200));
  });

  it('has a head that ends', async () => {
    api = await startApi();
    const headers = { authorization: `Bearer ${TOKENS.viewer}` };
    expect(await raw('/api/v1/events', { method: 'HEAD', headers })).toEqual({ status: 200, body: '' });
  });

  it('ends after whoever listens has signed out', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    api = await startApi();
    const { response } = await attempt('ann', PASSWORD);
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const stream = await listen(undefined, { cookie });
    const ended = stream.text();
    vi.advanceTimersByTime(15_000);
    await api.ask('DELETE /session', { headers: { cookie, ...OWN_PAGE } });
    vi.advanceTimersByTime(15_000);
    expect(await ended).toContain('retry: 2000');
    vi.useRealTimers();
  });
});

describe('a path', () => {
  it.each([
    '/console/assets/..',
    '/console/assets/.',
    '/console/assets/../index.html',
    '/console/..%2f..%2f..%2fetc%2fpasswd',
    '/console/assets/%2e%2e',
    '/console/%00',
    '/console//evil.example/',
    '/api/v1/../../etc/passwd',
    '/api/v1/messages/%2e%2e%2fsession',
    '/api/v1/messages/%00',
    '/api/v1/messages/%ff',
    '/api/v1/messages/a%2fb/media/0',
    '/api/v1/messages/none/media/-1',
    '/api/v1/conversations/%f0%9f%92%a9',
    '/api/v1/audit?cursor=9999999999999999.x',
    '/api/v1/audit?cursor=8640000000000000.x',
    '/api/v1/audit?since=-8640000000000001',
    '/api/v1/messages?limit=1&limit=2',
    '/api/v1/messages?theirs[]=x&__proto__=1',
    '/api/v1/health?since=-9007199254740991&until=9007199254740991',
    '/api/v1/apps/__proto__/number',
  ])('%s has an answer that is no failure', async (path) => {
    api = await startApi();
    const { status, body } = await raw(path, { headers: { authorization: `Bearer ${TOKENS.operator}` } });
    expect(status).toBeLessThan(500);
    expect(body).not.toContain('root:');
  });

  it.each(['OPTIONS', 'TRACE', 'PUT'])('has no %s', async (method) => {
    api = await startApi();
    expect((await raw('/api/v1/messages', { method })).status).toBe(404);
  });
});

describe('development', () => {
  it.each([
    ['a name that points here', { host: 'evil.example:3000' }],
    ['a name that begins as ours', { host: 'localhost.evil.example' }],
    ['an address of another network', { host: '10.0.0.1' }],
  ])('answers nothing to %s', async (_how, headers) => {
    api = await startApi({ access: {}, openConsole: true });
    expect((await raw('/api/v1/messages', { headers })).status).toBe(401);
  });

  it.each([
    ['a form', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['another port', { origin: 'http://localhost:9999', 'sec-fetch-site': 'same-site' }],
  ])('does nothing for %s', async (_how, headers) => {
    api = await startApi({ access: {}, openConsole: true });
    const { status } = await raw('/api/v1/parked/end', {
      ...{ method: 'POST', body: '{"conversations":["x"]}' },
      headers: { host: `localhost:${api.server.port}`, 'content-type': 'text/plain', ...headers },
    });
    expect(status).toBe(401);
  });
});

describe('what a person has sent', () => {
  it.each([
    ['image/png', 'image/png'],
    ['image/svg+xml', 'application/octet-stream'],
    ['IMAGE/SVG+XML', 'application/octet-stream'],
    ['image/SVG+xml; charset=utf-8', 'application/octet-stream'],
    ['text/html', 'application/octet-stream'],
    ['application/xhtml+xml', 'application/octet-stream'],
    ['nonsense', 'application/octet-stream'],
  ])('as %s is served as %s, and never run', async (contentType, served) => {
    api = await startApi();
    await api.text('hello');
    const { body } = await api.ask('GET /messages?direction=inbound', { as: 'agent' });
    vi.spyOn(api.engine, 'fetchMedia').mockResolvedValue({ contentType, data: Buffer.from('<script>') });
    const { response } = await api.ask(`GET /messages/${body.messages[0].id}/media/0`, { as: 'agent' });
    expect(response.headers.get('content-type')).toBe(served);
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

describe('a body', () => {
  it('that never ends is refused, and its connection closed', async () => {
    api = await startApi();
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(api.server.port, '127.0.0.1');
      let text = '';
      socket
        .on('data', (chunk) => (text += chunk))
        .on('error', () => {})
        .on('close', () => resolve(text));
      socket.write('POST /api/v1/session HTTP/1.1\r\nHost: x\r\nX-Parley: 1\r\nTransfer-Encoding: chunked\r\n\r\n');
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
      const pour = () => void (socket.writable && socket.write(chunk, () => setImmediate(pour)));
      pour();
    });
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    expect(answer.toLowerCase()).toContain('connection: close');
  });
});
