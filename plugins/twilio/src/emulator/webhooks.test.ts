import { address, type Media } from '@parley/core';
import sdk from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  OURS,
  SERVICE,
  statusesOf,
  type TestClock,
  THEIRS,
  TOKEN,
  testClock,
  testLog,
  type WebhookServer,
  webhookServer,
} from '../test-support.ts';
import { createTwilioEmulator, type TwilioEmulator } from './emulator.ts';
import { readRetryOptions, retries } from './retry-options.ts';
import type { TwilioEmulatorOptions } from './settings.ts';

let clock: TestClock;
let networkClock: TestClock;
let server: WebhookServer;
let emulator: TwilioEmulator;
let client: sdk.Twilio;

async function start(options: TwilioEmulatorOptions = {}): Promise<void> {
  await emulator?.close();
  emulator = await createTwilioEmulator({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    numbers: [{ number: OURS, inboundUrl: `${server.url}/inbound?app=1` }],
    clock,
    networkClock,
    ...options,
  });
  client = sdk(ACCOUNT, TOKEN);
  client.api.baseUrl = emulator.url;
}

beforeEach(async () => {
  clock = testClock();
  networkClock = testClock();
  server = await webhookServer();
  await start();
});

afterEach(async () => {
  await emulator.close();
  await server.close();
});

const hello = { from: THEIRS, to: OURS, text: 'Hello & gruß' };

function isSigned(index: number): boolean {
  const { path, headers, form } = server.received[index]!;
  return sdk.validateRequest(TOKEN, String(headers['x-twilio-signature']), server.url + path, form);
}

describe('a text from a phone', () => {
  it('is posted with all the parameters of Twilio, signed', async () => {
    const { providerId, answered } = await emulator.text(hello);
    expect(answered).toBe(200);
    const [request] = server.received;
    expect(request?.path).toBe('/inbound?app=1');
    expect(request?.headers['content-type']).toContain('application/x-www-form-urlencoded');
    expect(request?.headers).not.toHaveProperty('i-twilio-idempotency-token');
    expect(isSigned(0)).toBe(true);
    expect(request?.form).toEqual({
      AccountSid: ACCOUNT,
      ApiVersion: '2010-04-01',
      Body: 'Hello & gruß',
      From: THEIRS,
      FromCity: 'SAN FRANCISCO',
      FromCountry: 'US',
      FromState: 'CA',
      FromZip: '94105',
      MessageSid: providerId,
      NumMedia: '0',
      NumSegments: '1',
      SmsMessageSid: providerId,
      SmsSid: providerId,
      SmsStatus: 'received',
      To: OURS,
      ToCity: 'SAN FRANCISCO',
      ToCountry: 'US',
      ToState: 'CA',
      ToZip: '94105',
    });
  });

  it('goes to the webhook of the service that the number is in, unless that says otherwise', async () => {
    const numbers = [{ number: OURS, inboundUrl: `${server.url}/number` }];
    const service = { sid: SERVICE, numbers: [OURS], inboundUrl: `${server.url}/service` };
    await start({ numbers, services: [service] });
    await emulator.text(hello);
    await start({ numbers, services: [{ ...service, useInboundWebhookOnNumber: true }] });
    await emulator.text(hello);
    await start({ numbers, services: [{ sid: SERVICE, numbers: [OURS] }] });
    await emulator.text(hello);
    expect(server.received.map(({ path }) => path)).toEqual(['/service', '/number', '/number']);
    expect(server.received.every(({ form }) => form.MessagingServiceSid === SERVICE)).toBe(true);
  });

  it('may be a WhatsApp message or carry pictures', async () => {
    const ours = address(`whatsapp:${OURS}`);
    await start({ numbers: [{ number: ours, inboundUrl: `${server.url}/inbound` }] });
    const media: Media[] = [{ url: 'https://example.com/cat.gif' }];
    await emulator.text({ from: address(`whatsapp:${THEIRS}`), to: ours, text: 'Look', media });
    expect(server.received[0]?.form).toMatchObject({
      From: `whatsapp:${THEIRS}`,
      WaId: '14155550199',
      NumMedia: '1',
      MediaContentType0: 'image/gif',
      MediaUrl0: expect.stringContaining('/Media/ME'),
    });
  });

  it('stays without an answer when there is no webhook or nobody behind it', async () => {
    await start({ numbers: [{ number: OURS }] });
    expect((await emulator.text(hello)).answered).toBe(0);
    const gone = await webhookServer();
    await gone.close();
    await start({ numbers: [{ number: OURS, inboundUrl: gone.url }] });
    expect((await emulator.text(hello)).answered).toBe(0);
    expect(emulator.thread(OURS, THEIRS)).toHaveLength(1);
  });

  it('serves its media only to the account, when told so', async () => {
    await start({ mediaAuth: true, numbers: [{ number: OURS, inboundUrl: `${server.url}/inbound` }] });
    const picture = await emulator.upload({ contentType: 'image/png', data: Buffer.from('png') });
    await emulator.text({ ...hello, media: [picture] });
    const url = server.received[0]?.form.MediaUrl0 ?? '';
    expect((await fetch(url)).status).toBe(401);
    const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;
    expect(await (await fetch(url, { headers: { authorization } })).text()).toBe('png');
  });
});

describe('a webhook that fails', () => {
  const inboundUrl = (fragment: string) => ({
    numbers: [{ number: OURS, inboundUrl: `${server.url}/inbound${fragment}` }],
  });

  it('is not called again by default, after a 5xx, a 4xx or when the answer breaks off', async () => {
    server.behaviours.push(503, 404, 'drop');
    expect((await emulator.text(hello)).answered).toBe(503);
    expect((await emulator.text(hello)).answered).toBe(404);
    expect((await emulator.text(hello)).answered).toBe(0);
    expect(server.received).toHaveLength(3);
  });

  it('is called again as the fragment of its URL says, which is neither sent nor signed', async () => {
    await start(inboundUrl('#rc=3&rp=5xx'));
    server.behaviours.push(500, 502);
    expect((await emulator.text(hello)).answered).toBe(200);
    expect(server.received.map(({ path }) => path)).toEqual(['/inbound', '/inbound', '/inbound']);
    expect([isSigned(0), isSigned(2)]).toEqual([true, true]);
    const tokens = server.received.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(tokens[0]).toBeUndefined();
    expect(tokens[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(tokens[2]).toBe(tokens[1]);
  });

  it('gives up after as many tries as it may make', async () => {
    await start(inboundUrl('#rc=2&rp=all'));
    server.behaviours.push(500, 'drop', 404, 200);
    expect((await emulator.text(hello)).answered).toBe(404);
    expect(server.received).toHaveLength(3);
  });

  it('is given up on after 15 seconds', async () => {
    await start(inboundUrl('#rc=5&rp=all'));
    server.behaviours.push('hang', 200);
    server.onRequest = () => networkClock.advance(15_000);
    expect((await emulator.text(hello)).answered).toBe(0);
    expect(server.received).toHaveLength(1);
  });

  it('hands over to the fallback', async () => {
    const log = testLog();
    await start({
      numbers: [{ number: OURS, inboundUrl: `${server.url}/inbound#rc=0`, fallbackUrl: `${server.url}/fallback` }],
      log,
    });
    server.behaviours.push(500);
    expect((await emulator.text(hello)).answered).toBe(200);
    expect(server.received[1]).toMatchObject({
      path: '/fallback',
      form: { Body: hello.text, ErrorCode: '11200', ErrorUrl: `${server.url}/inbound` },
    });
    expect(isSigned(1)).toBe(true);
    expect(JSON.stringify(log.lines)).not.toMatch(/gruß|5550199/);
  });

  it('gets the credentials in its URL', async () => {
    const url = server.url.replace('http://', 'http://user:p%40ss@');
    await start({ numbers: [{ number: OURS, inboundUrl: `${url}/inbound` }] });
    await emulator.text(hello);
    expect(server.received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
  });

  it('is retried within the bounds of Twilio', () => {
    expect(readRetryOptions('https://a.example/x')).toMatchObject({
      url: 'https://a.example/x',
      options: { connect: 5_000, read: 15_000, total: 15_000, retries: 1, policy: new Set(['ct']) },
    });
    const { options } = readRetryOptions('https://a.example/x#ct=1&rt=99999&tt=x&rc=9&rp=4xx,rt&e=dublin');
    expect(options).toMatchObject({ connect: 100, read: 15_000, total: 15_000, retries: 5 });
    expect(retries('ct', 1, 0, options)).toBe(false);
    expect(retries('rt', 5, 0, options)).toBe(true);
    expect(retries('rt', 6, 0, options)).toBe(false);
    expect(retries('4xx', 1, 15_000, options)).toBe(false);
    expect(retries('ct', 1, 0, readRetryOptions('https://a.example/').options)).toBe(true);
  });
});

describe('status callbacks', () => {
  const send = (patch: object = {}) =>
    client.messages.create({
      from: OURS,
      to: THEIRS,
      body: 'Hi',
      statusCallback: `${server.url}/status?message=1`,
      ...patch,
    });
  const pass = async (milliseconds = 300_000) => {
    clock.advance(milliseconds);
    await emulator.idle();
  };

  it('come one after the other, signed, with all their parameters', async () => {
    const { sid } = await send();
    await pass();
    expect(statusesOf(server.received)).toEqual(['sending', 'sent', 'delivered']);
    expect([0, 1, 2].map(isSigned)).toEqual([true, true, true]);
    expect(server.received[2]?.form).toEqual({
      AccountSid: ACCOUNT,
      ApiVersion: '2010-04-01',
      From: OURS,
      To: THEIRS,
      MessageSid: sid,
      MessageStatus: 'delivered',
      SmsSid: sid,
      SmsStatus: 'delivered',
      RawDlrDoneDate: expect.stringMatching(/^261123120\d$/),
    });
  });

  it('take their time, step by step', async () => {
    await start({ latency: { sending: 100, sent: 1_000, outcome: 10_000, spread: 0 } });
    await send();
    await pass(99);
    expect(statusesOf(server.received)).toEqual([]);
    await pass(1);
    expect(statusesOf(server.received)).toEqual(['sending']);
    await pass(1_000);
    expect(statusesOf(server.received)).toEqual(['sending', 'sent']);
    await pass(10_000);
    expect(statusesOf(server.received)).toEqual(['sending', 'sent', 'delivered']);
  });

  it.each([
    ['+15005553003', ['sending', 'sent', 'undelivered'], '30003'],
    ['+15005553005', ['sending', 'sent', 'undelivered'], '30005'],
    ['+15005553006', ['sending', 'sent', 'undelivered'], '30006'],
    ['+15005553007', ['sending', 'sent', 'undelivered'], '30007'],
    ['+15005553008', ['sending', 'sent', 'undelivered'], '30008'],
    ['+15005553034', ['sending', 'sent', 'undelivered'], '30034'],
    ['+15005553001', ['sending', 'failed'], '30001'],
    ['+15005554000', ['sending', 'sent'], undefined],
    ['+15005554001', ['sending', 'sent', 'undelivered', 'delivered'], undefined],
  ])('to the magic number %s go %j', async (to, statuses, code) => {
    await send({ to });
    await pass();
    expect(statusesOf(server.received)).toEqual(statuses);
    expect(server.received.at(-1)?.form.ErrorCode).toBe(code);
    const [shown] = emulator.thread(OURS, address(to));
    expect([shown?.providerStatus, shown?.code]).toEqual([statuses.at(-1), code]);
  });

  it('date a change of mind later than what was said before', async () => {
    await send({ to: '+15005554001' });
    await pass();
    const [lost, found] = server.received.slice(2).map(({ form }) => form.RawDlrDoneDate ?? '');
    expect(found! > lost!).toBe(true);
  });

  it('can all be lost, doubled, or swapped', async () => {
    await start({ callbacks: { loss: 1 } });
    await send();
    await pass();
    expect(statusesOf(server.received)).toEqual([]);
    await start({ callbacks: { duplicates: 1 } });
    await send();
    await pass();
    expect(statusesOf(server.received)).toEqual(['sending', 'sending', 'sent', 'sent', 'delivered', 'delivered']);
    server = await webhookServer();
    await start({ callbacks: { reordering: 1 } });
    await send();
    await pass();
    expect(statusesOf(server.received)).toEqual(['sent', 'sending', 'delivered']);
  });

  it('go wrong the same way for the same seed', async () => {
    const behaviour = { loss: 0.3, duplicates: 0.3, reordering: 0.3 };
    const runs: (readonly string[])[] = [];
    for (const seed of [7, 7, 8]) {
      server = await webhookServer();
      await start({ seed, callbacks: behaviour });
      for (let index = 0; index < 10; index++) await send({ statusCallback: `${server.url}/status?message=${index}` });
      await pass();
      runs.push(server.received.map(({ path, form }) => `${path} ${form.MessageStatus}`).sort());
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).not.toEqual(runs[0]);
  });

  it('go to the number or the service when the message names none', async () => {
    await start({
      numbers: [{ number: OURS, statusUrl: `${server.url}/of-number` }],
      services: [{ sid: SERVICE, statusUrl: `${server.url}/of-service` }],
    });
    await client.messages.create({ from: OURS, to: THEIRS, body: 'Hi' });
    await client.messages.create({ messagingServiceSid: SERVICE, to: THEIRS, body: 'Hi' });
    await pass();
    const paths = server.received.map(({ path }) => path);
    expect(paths.filter((path) => path === '/of-number')).toHaveLength(3);
    expect(paths.filter((path) => path === '/of-service')).toHaveLength(4);
  });

  it('come when a test says so, and only then', async () => {
    await start({ progress: 'manual' });
    const { sid } = await send();
    await pass();
    expect(statusesOf(server.received)).toEqual([]);
    expect(emulator.report(sid, { status: 'undelivered', errorCode: 30007, carrierDate: '2611231200' })).toBe(true);
    await emulator.idle();
    expect(server.received[0]?.form).toMatchObject({
      MessageStatus: 'undelivered',
      ErrorCode: '30007',
      RawDlrDoneDate: '2611231200',
    });
    expect(emulator.report('SM0', { status: 'sent' })).toBe(false);
  });

  it('end with the emulator', async () => {
    await send();
    await emulator.close();
    clock.advance(300_000);
    expect(server.received).toEqual([]);
  });
});
