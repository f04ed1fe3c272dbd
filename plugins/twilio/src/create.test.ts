import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Deadlines, type OutgoingMessage, type SendReceipt } from '@parley/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCreate } from './create.ts';
import { createPool } from './http-client.ts';
import {
  ACCOUNT,
  never,
  OURS,
  outgoing,
  rejection,
  SERVICE,
  type TestClock,
  TOKEN,
  testClock,
} from './test-support.ts';

const CALLBACK = 'https://bots.example.com/webhooks/twilio/status?message=1';

let server: Server;
let clock: TestClock;
let pool: ReturnType<typeof createPool>;
/** What the server got, and what it answers; `undefined` does not answer. */
let bodies: string[];
let answer: { status: number; body: string; headers?: Record<string, string> } | undefined;
let onRequest: () => void;

beforeEach(async () => {
  bodies = [];
  answer = { status: 201, body: '{"sid":"SM1","status":"queued","error_code":null}' };
  onRequest = () => {};
  clock = testClock();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      if (answer !== undefined) response.writeHead(answer.status, answer.headers).end(answer.body);
      onRequest();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  pool = createPool(settings());
});

afterEach(async () => {
  await pool.destroy();
  server.closeAllConnections();
  server.close();
});

function settings() {
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/prefix/`,
    edge: undefined,
    region: undefined,
    timeout: 15_000,
    connectTimeout: 5_000,
    connections: 1,
    networkClock: clock,
    now: () => clock.now(),
  };
}

const credentials = { accountSid: ACCOUNT, authToken: TOKEN, previousAuthToken: undefined, apiKey: undefined };

function create(message: Partial<OutgoingMessage> = {}, signal: AbortSignal = never): Promise<SendReceipt> {
  const deadlines = new Deadlines(clock, 15_000);
  return createCreate(pool, credentials, settings(), deadlines)(outgoing(message), CALLBACK, signal);
}

const fields = () => [...new URLSearchParams(bodies.at(-1))];

describe('the request that creates a message', () => {
  it('has every parameter', async () => {
    const media = [{ url: 'https://example.com/a?b=1&c=2' }, { url: 'https://example.com/b' }];
    const deadline = clock.now() + 90_000;
    await create({ from: SERVICE, via: OURS, text: 'a&b=c + d\n%', media, deadline });
    expect(fields()).toEqual([
      ['To', '+14155550199'],
      ['MessagingServiceSid', SERVICE],
      ['From', OURS],
      ['Body', 'a&b=c + d\n%'],
      ['MediaUrl', 'https://example.com/a?b=1&c=2'],
      ['MediaUrl', 'https://example.com/b'],
      ['StatusCallback', CALLBACK],
      ['ValidityPeriod', '90'],
    ]);
  });

  it.each([
    [-5, '1'],
    [100_000_000, '36000'],
  ])('is valid for as long as Twilio allows: %i', async (left, period) => {
    await create({ deadline: clock.now() + left });
    expect(fields()).toContainEqual(['ValidityPeriod', period]);
  });

  it('leaves out what is not there', async () => {
    await create({ text: '', media: [{ url: 'https://example.com/a' }] });
    expect(fields().map(([name]) => name)).toEqual(['To', 'From', 'MediaUrl', 'StatusCallback']);
  });

  it('carries any text as it is, but for half a character', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        await create({ text });
        expect(new Map(fields()).get('Body')).toBe(text);
      }),
      { numRuns: 50 },
    );
    await create({ text: 'half \ud83d' });
    expect(new Map(fields()).get('Body')).toBe('half \ufffd');
  });

  it.each([
    [undefined, undefined, 'https://api.twilio.com'],
    [undefined, 'ie1', 'https://api.ie1.twilio.com'],
    ['dublin', undefined, 'https://api.dublin.us1.twilio.com'],
    ['dublin', 'ie1', 'https://api.dublin.ie1.twilio.com'],
  ])('goes to edge %s and region %s at %s', async (edge, region, origin) => {
    const { port } = server.address() as AddressInfo;
    const asked: unknown[] = [];
    // Twilio itself is not to be asked: the request is taken down, and goes to the server of the test.
    const redirected = Object.assign(Object.create(pool), {
      dispatch(options: { origin: string }, handler: object) {
        asked.push(options.origin);
        return pool.dispatch({ ...options, origin: `http://127.0.0.1:${port}` } as never, handler);
      },
    });
    const there = { ...settings(), baseUrl: undefined, edge, region };
    await createCreate(redirected, credentials, there, new Deadlines(clock, 15_000))(outgoing(), undefined, never);
    expect(asked).toEqual([origin]);
  });
});

describe('an answer', () => {
  it.each([
    [201, 'gateway', 'unknown', 'error.platform.send.interrupted'],
    [201, '{}', 'unknown', 'error.platform.send.interrupted'],
    [201, 'null', 'unknown', 'error.platform.send.interrupted'],
    [307, '{}', 'unknown', 'error.platform.send.interrupted'],
    [400, '<html>', 'unknown', 'error.platform.send.interrupted'],
    [400, '{"code":21211}', 'refused', '21211'],
    [404, '{}', 'refused', 'http-404'],
    [429, 'busy', 'retry', '20429'],
    [502, '<html>', 'unknown', 'error.platform.send.interrupted'],
    [503, '{"code":20503}', 'unknown', '20503'],
    [201, '{"sid":"SM1","status":"failed","error_code":30008}', 'refused', '30008'],
  ] as const)('of %i and %s: %s, %s', async (status, body, failure, code) => {
    answer = { status, body };
    expect(await rejection(create())).toMatchObject({ failure, code });
  });

  it('asks to wait by seconds or by date', async () => {
    answer = { status: 429, body: '{}', headers: { 'retry-after': '7' } };
    expect(await rejection(create())).toMatchObject({ retryAfter: 7_000, isForAll: true });
    const date = new Date(clock.now() + 30_000).toUTCString();
    answer = { status: 429, body: '{}', headers: { 'retry-after': date } };
    expect(await rejection(create())).toMatchObject({ retryAfter: 30_000 });
  });

  it('may come in pieces', async () => {
    answer = { status: 201, body: `{"sid":"SM2","status":"queued","body":"${'ü'.repeat(100_000)}"}` };
    expect(await create()).toEqual({ providerId: 'SM2', providerStatus: 'queued' });
  });
});

describe('a request that waits for a connection', () => {
  it('has surely not been taken when its time is over, and is never made', async () => {
    answer = undefined;
    const made = new Promise<void>((resolve) => {
      onRequest = resolve;
    });
    const first = rejection(create());
    const second = rejection(create());
    await made;
    clock.advance(15_000);
    expect(await first).toMatchObject({ failure: 'unknown', code: 'error.platform.send.timeout' });
    expect(await second).toMatchObject({ failure: 'retry', code: 'error.platform.send.unreachable' });
    answer = { status: 201, body: '{"sid":"SM3","status":"queued"}' };
    expect(await create()).toMatchObject({ providerId: 'SM3' });
    expect(bodies).toHaveLength(2);
  });

  it('is not made when it is called off', async () => {
    answer = undefined;
    const made = new Promise<void>((resolve) => {
      onRequest = resolve;
    });
    const calledOff = new AbortController();
    const first = rejection(create({}, calledOff.signal));
    const second = rejection(create({}, calledOff.signal));
    await made;
    calledOff.abort(new Error('stopped'));
    expect(await first).toMatchObject({ failure: 'unknown' });
    expect(await second).toMatchObject({ failure: 'retry' });
    expect(bodies).toHaveLength(1);
  });
});
