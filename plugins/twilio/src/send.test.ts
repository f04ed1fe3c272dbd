import { inspect } from 'node:util';
import { type Address, address, SendError, type SendReceipt, type Transport } from '@parley/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Api, type ApiSettings, createApi } from './api.ts';
import { createTwilioEmulator, type TwilioEmulator } from './emulator/emulator.ts';
import { createReceipts } from './receipts.ts';
import { sendError } from './send-errors.ts';
import {
  ACCOUNT,
  contextOf,
  never,
  OURS,
  outgoing,
  rejection,
  SERVICE,
  sendOptions,
  type TestClock,
  THEIRS,
  TOKEN,
  testClock,
  webhookServer,
} from './test-support.ts';
import { twilio } from './transport.ts';

let clock: TestClock;
let emulator: TwilioEmulator;
let transport: Transport;

beforeEach(async () => {
  clock = testClock();
  emulator = await createTwilioEmulator({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    apiKeys: [{ sid: `SK${'2'.repeat(32)}`, secret: 'secret' }],
    numbers: [{ number: OURS }, { number: '+14155550101' }, { number: `whatsapp:${OURS}` }],
    services: [{ sid: SERVICE }],
    clock,
  });
  transport = await open();
});

afterEach(async () => {
  await transport.close();
  await emulator.close();
});

async function open(options: Parameters<typeof twilio>[0] = {}): Promise<Transport> {
  const opened = twilio({ accountSid: ACCOUNT, authToken: TOKEN, baseUrl: emulator.url, ...options });
  await opened.open(contextOf({ clock }));
  return opened;
}

/** The API itself, for what the transport does not leave open. */
function apiOf(patch: Partial<ApiSettings>): Api {
  return createApi(
    { accountSid: ACCOUNT, authToken: TOKEN, previousAuthToken: undefined, apiKey: undefined },
    {
      baseUrl: emulator.url,
      edge: undefined,
      region: undefined,
      now: () => clock.now(),
      timeout: 15_000,
      connectTimeout: 5_000,
      connections: 1,
      pageSize: 1_000,
      networkClock: testClock(),
      ...patch,
    },
  );
}

async function failure(message: Parameters<Transport['send']>[0], by = transport): Promise<SendError> {
  const error = await rejection(by.send(message, sendOptions));
  if (!(error instanceof SendError)) throw error;
  return error;
}

describe('send', () => {
  it('creates the message with a callback that carries our id', async () => {
    const message = outgoing({ media: [{ url: 'https://example.com/a.png' }] });
    const { providerId } = await transport.send(message, sendOptions);
    expect(emulator.messages()).toEqual([
      expect.objectContaining({
        sid: providerId,
        from: OURS,
        to: THEIRS,
        body: message.text,
        media: [expect.objectContaining({ url: 'https://example.com/a.png', contentType: 'image/png' })],
        statusCallback: `https://bots.example.com/webhooks/twilio/status?message=${message.id}`,
      }),
    ]);
  });

  it('sends from a messaging service, over WhatsApp, and media alone', async () => {
    await transport.send(outgoing({ from: SERVICE }), sendOptions);
    const whatsapp = { from: address(`whatsapp:${OURS}`), to: address(`whatsapp:${THEIRS}`) };
    await transport.send(outgoing(whatsapp), sendOptions);
    await transport.send(outgoing({ text: '', media: [{ url: 'https://example.com/a' }] }), sendOptions);
    expect(emulator.messages().map(({ messagingServiceSid, body }) => [messagingServiceSid, body !== ''])).toEqual([
      [SERVICE, true],
      [undefined, true],
      [undefined, false],
    ]);
  });

  it('sends with an API key', async () => {
    const keyed = await open({ apiKey: `SK${'2'.repeat(32)}`, apiSecret: 'secret' });
    await expect(keyed.send(outgoing(), sendOptions)).resolves.toMatchObject({ providerStatus: 'queued' });
    await keyed.close();
  });

  it('sends many at once over a few connections', async () => {
    const few = await open({ connections: 2 });
    const receipts = await Promise.all(Array.from({ length: 50 }, () => few.send(outgoing(), sendOptions)));
    expect(new Set(receipts.map(({ providerId }) => providerId)).size).toBe(50);
    await few.close();
  });
});

describe('a send that goes wrong', () => {
  it.each([
    ['+15005550001', '21211', 'refused'],
    ['+15005550002', '21612', 'refused'],
    ['+15005550003', '21408', 'refused'],
    ['+15005550004', '21610', 'refused'],
    ['+15005550009', '21614', 'refused'],
  ])('to %s: %s is %s', async (to, code, kind) => {
    expect(await failure(outgoing({ to: to as Address }))).toMatchObject({ code, failure: kind });
  });

  it.each([
    ['+15005550001', '21212', 'refused'],
    ['+15005550007', '21606', 'refused'],
    ['+15005550008', '21611', 'retry'],
    ['+14155550177', '21606', 'refused'],
  ])('from %s: %s is %s', async (from, code, kind) => {
    expect(await failure(outgoing({ from: from as Address }))).toMatchObject({ code, failure: kind });
  });

  it('waits as long as Twilio asks after 429', async () => {
    emulator.faults.next({ kind: 'refuse', status: 429, code: 20429, retryAfter: 7 });
    expect(await failure(outgoing())).toMatchObject({ failure: 'retry', code: '20429', retryAfter: 7_000 });
    emulator.faults.next({ kind: 'refuse', status: 429, code: 20429 });
    expect(await failure(outgoing())).toMatchObject({ failure: 'retry', retryAfter: undefined });
  });

  it('waits for an operator when the credentials are wrong', async () => {
    const wrong = await open({ authToken: 'not-the-token' });
    expect(await failure(outgoing(), wrong)).toMatchObject({ failure: 'retry', code: '20003' });
    await wrong.close();
  });

  it('is refused with a code that nobody knows', async () => {
    emulator.faults.next({ kind: 'refuse', status: 400, code: 21999 });
    expect(await failure(outgoing())).toMatchObject({ failure: 'refused', code: '21999' });
  });

  it.each([500, 502, 503, 408])('is in doubt after HTTP %i', async (status) => {
    emulator.faults.next({ kind: 'refuse', status });
    expect(await failure(outgoing())).toMatchObject({ failure: 'unknown' });
  });

  it('is in doubt when the connection breaks off', async () => {
    emulator.faults.next({ kind: 'drop', accepted: true });
    expect(await failure(outgoing())).toMatchObject({ failure: 'unknown', code: 'error.platform.send.interrupted' });
  });

  it('is in doubt when no answer comes in time', async () => {
    const networkClock = testClock();
    const api = apiOf({ networkClock });
    emulator.faults.next({ kind: 'hang', accepted: true });
    emulator.subscribe(() => networkClock.advance(15_000));
    const error = await rejection(api.create(outgoing(), undefined, never));
    expect(error).toMatchObject({ failure: 'unknown', code: 'error.platform.send.timeout' });
    expect(emulator.messages()).toHaveLength(1);
    await api.close();
  });

  it('is in doubt when undici itself gives up', async () => {
    const hasty = await open({ timeout: 5 });
    emulator.faults.next({ kind: 'hang', accepted: false }, { times: 3 });
    expect(await failure(outgoing(), hasty)).toMatchObject({ failure: 'unknown' });
    await hasty.close();
  });

  it('is in doubt when it is called off under way, and not when it never began', async () => {
    const late = new AbortController();
    emulator.faults.next({ kind: 'hang', accepted: true });
    emulator.subscribe(() => late.abort());
    const underWay = await rejection(transport.send(outgoing(), { ...sendOptions, signal: late.signal }));
    expect(underWay).toMatchObject({ failure: 'unknown' });
    const early = await rejection(transport.send(outgoing(), { ...sendOptions, signal: AbortSignal.abort() }));
    expect(early).toMatchObject({ failure: 'retry' });
    expect(emulator.messages()).toHaveLength(1);
  });

  it('has surely not been taken when nobody listens', async () => {
    const gone = await webhookServer();
    await gone.close();
    const nowhere = await open({ baseUrl: gone.url });
    const error = await failure(outgoing(), nowhere);
    expect(error).toMatchObject({ failure: 'retry', code: 'error.platform.send.unreachable' });
    await nowhere.close();
  });

  it('is in doubt when the answer is not JSON', () => {
    const trace = { begun: true, timedOut: false };
    expect(sendError(new SyntaxError('Unexpected token <'), trace)).toMatchObject({ failure: 'unknown' });
  });

  it.each([
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'retry'],
    [{ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, 'retry'],
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'retry'],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }, 'retry'],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'retry'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'retry'],
    [{ code: 'ETIMEDOUT', syscall: 'read' }, 'unknown'],
    [{ code: 'ECONNRESET' }, 'unknown'],
    [{ code: 'EPIPE', syscall: 'write' }, 'unknown'],
    [{ code: 'UND_ERR_SOCKET' }, 'unknown'],
    [{ code: 'UND_ERR_HEADERS_TIMEOUT' }, 'unknown'],
    [{ code: 'UND_ERR_BODY_TIMEOUT' }, 'unknown'],
  ])('with the network error %o: %s', (fields, kind) => {
    const error = sendError(Object.assign(new Error('network'), fields), { begun: true, timedOut: false });
    expect(error.failure).toBe(kind);
  });

  it('shows neither the text nor a number', async () => {
    for (const to of ['+15005550001', '+15005550009'] as Address[]) {
      const error = await failure(outgoing({ to, text: 'a secret text' }));
      expect(inspect(error, { depth: 10 })).not.toMatch(/500555|secret/);
    }
  });
});

describe('find', () => {
  const find = (message: ReturnType<typeof outgoing>, by: Transport = transport) =>
    by.find(message, { signal: never }) as Promise<SendReceipt | undefined>;

  async function dropped(patch: Partial<ReturnType<typeof outgoing>> = {}) {
    const message = outgoing({ createdAt: clock.now(), ...patch });
    emulator.faults.next({ kind: 'drop', accepted: true });
    await failure(message);
    return message;
  }

  it('finds the message that was accepted before the connection broke', async () => {
    const message = await dropped();
    const [accepted] = emulator.messages();
    expect(await find(message)).toEqual({ providerId: accepted?.sid, providerStatus: 'queued', status: 'pending' });
  });

  it('finds it in another process too, and at any status', async () => {
    const message = await dropped({ from: SERVICE, media: [{ url: 'https://example.com/a' }] });
    clock.advance(60_000);
    const other = await open();
    expect(await find(message, other)).toEqual({
      providerId: emulator.messages()[0]?.sid,
      providerStatus: 'delivered',
      status: 'delivered',
    });
    await other.close();
  });

  it('finds nothing when the connection broke before it was accepted', async () => {
    const message = outgoing({ createdAt: clock.now() });
    emulator.faults.next({ kind: 'drop', accepted: false });
    await failure(message);
    expect(await find(message)).toBeUndefined();
  });

  it('is not misled by an older equal text, another recipient, sender, media or a text of the person', async () => {
    const old = outgoing({ createdAt: clock.now() });
    await transport.send(old, sendOptions);
    clock.advance(60_000);
    await emulator.text({ from: THEIRS, to: OURS, text: old.text });
    await transport.send(outgoing({ to: address('+14155550198') }), sendOptions);
    await transport.send(outgoing({ from: address('+14155550101') }), sendOptions);
    await transport.send(outgoing({ from: SERVICE }), sendOptions);
    await transport.send(outgoing({ media: [{ url: 'https://example.com/a' }] }), sendOptions);
    await transport.send(outgoing({ text: 'Another text' }), sendOptions);
    const other = await open();
    expect(await find(outgoing({ createdAt: clock.now() }), other)).toBeUndefined();
    await other.close();
  });

  it('tells two equal texts apart by which is known to be another message', async () => {
    const first = outgoing({ createdAt: clock.now() });
    await transport.send(first, sendOptions);
    const second = outgoing({ createdAt: clock.now() });
    emulator.faults.next({ kind: 'drop', accepted: false });
    await failure(second);
    expect(await find(second)).toBeUndefined();
  });

  it('takes of two equal texts the one created nearest, where nothing else is known', async () => {
    const first = await dropped();
    clock.advance(10_000);
    const second = await dropped();
    const other = await open();
    const [one, two] = emulator.messages();
    expect((await find(first, other))?.providerId).toBe(one?.sid);
    expect((await find(second, other))?.providerId).toBe(two?.sid);
    await other.close();
  });

  it('can not decide about what was created a little earlier, by clocks that differ', async () => {
    const message = outgoing({ createdAt: clock.now() + 3_000 });
    emulator.faults.next({ kind: 'drop', accepted: true });
    await failure(message);
    expect(await find(message)).toBe('undecided');
  });

  it('needs no listing when a callback has named the message', async () => {
    const server = await webhookServer();
    server.transport = transport;
    await transport.close();
    await transport.open(contextOf({ clock, webhookUrl: server.url }));
    const message = await dropped();
    clock.advance(60_000);
    await emulator.idle();
    emulator.faults.next({ kind: 'refuse', status: 500 }, { on: 'list' });
    expect(await find(message)).toEqual({ providerId: emulator.messages()[0]?.sid, providerStatus: 'delivered' });
    emulator.faults.clear();
    await server.close();
  });

  it('follows the pages of a long listing, but not for ever', async () => {
    const message = await dropped();
    for (let index = 0; index < 60; index++) await transport.send(outgoing({ text: 'filler' }), sendOptions);
    const patient = apiOf({ pageSize: 3 });
    const [first] = emulator.messages();
    expect(((await patient.find(message, createReceipts(), never)) as SendReceipt | undefined)?.providerId).toBe(
      first?.sid,
    );
    await patient.close();
    const impatient = apiOf({ pageSize: 1 });
    expect(await rejection(impatient.find(message, createReceipts(), never))).toMatchObject({ failure: 'unknown' });
    await impatient.close();
  });

  it('says that it does not know when the listing fails', async () => {
    const message = await dropped();
    emulator.faults.next({ kind: 'refuse', status: 503 }, { on: 'list' });
    expect(await rejection(find(message))).toMatchObject({ failure: 'unknown' });
    emulator.faults.next({ kind: 'drop', accepted: false }, { on: 'list' });
    expect(await rejection(find(message))).toMatchObject({ failure: 'unknown' });
  });
});

describe('receipts', () => {
  it('forget the oldest', () => {
    const receipts = createReceipts(2);
    const ids = [outgoing().id, outgoing().id, outgoing().id] as const;
    ids.forEach((id, index) => {
      receipts.remember(id, { providerId: `SM${index}`, providerStatus: 'queued' });
    });
    expect(ids.map((id) => receipts.of(id)?.providerId)).toEqual([undefined, 'SM1', 'SM2']);
    expect(receipts.belongsToAnother('SM0', ids[1])).toBe(false);
    expect(receipts.belongsToAnother('SM1', ids[2])).toBe(true);
  });
});

describe('how a message is getting on', () => {
  it('is what Twilio says, with the meaning of its code', async () => {
    const sent = await transport.send(outgoing({ to: address('+15005550001') }), sendOptions).catch(() => undefined);
    expect(sent).toBeUndefined();
    const receipt = await transport.send(outgoing(), sendOptions);
    expect(await transport.status?.(receipt.providerId, { signal: never })).toEqual({
      status: 'pending',
      providerStatus: 'queued',
    });
    clock.advance(60_000);
    await emulator.idle();
    expect(await transport.status?.(receipt.providerId, { signal: never })).toMatchObject({ status: 'delivered' });
  });

  it('is nothing where Twilio knows of no such message', async () => {
    expect(await transport.status?.(`SM${'0'.repeat(32)}`, { signal: never })).toBeUndefined();
  });

  it('has codes that are explained', () => {
    expect(transport.explain?.('30003')).toMatchObject({ retry: 'later' });
    expect(transport.explain?.('99999')).toBeUndefined();
  });
});
