import { type Address, address } from '@parley/core';
import sdk from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  OURS,
  rejection,
  SERVICE,
  THEIRS,
  TOKEN,
  testClock,
  type WebhookServer,
  webhookServer,
} from '../test-support.ts';
import { createTwilioEmulator, type TwilioEmulator } from './emulator.ts';
import { OPT_OUT_REPLIES, optOutKind } from './opt-out.ts';
import type { TwilioEmulatorOptions } from './settings.ts';

const SHORT_CODE = address('72975');
const POOL = ['+14155550110', '+14155550111'] as const;

let server: WebhookServer;
let emulator: TwilioEmulator;
let client: sdk.Twilio;

async function start(options: TwilioEmulatorOptions = {}): Promise<void> {
  await emulator?.close();
  emulator = await createTwilioEmulator({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    numbers: [OURS, SHORT_CODE].map((number) => ({ number, inboundUrl: `${server.url}/inbound` })),
    services: [{ sid: SERVICE, numbers: POOL, inboundUrl: `${server.url}/inbound`, advancedOptOut: true }],
    clock: testClock(),
    ...options,
  });
  client = sdk(ACCOUNT, TOKEN);
  client.api.baseUrl = emulator.url;
}

beforeEach(async () => {
  server = await webhookServer();
  await start();
});

afterEach(async () => {
  await emulator.close();
  await server.close();
});

const say = (text: string, to: Address = OURS) => emulator.text({ from: THEIRS, to, text });
const send = (from: string = OURS) => client.messages.create({ from, to: THEIRS, body: 'Hi' });

describe('a person who texts STOP', () => {
  it('gets no more texts from this number until START, and still reaches the webhook', async () => {
    await say(' stop ');
    expect(await rejection(send())).toMatchObject({ status: 400, code: 21610 });
    expect((await client.messages.create({ from: OURS, to: '+14155550198', body: 'Hi' })).status).toBe('queued');
    expect((await send('+15005550006')).status).toBe('queued');
    await say('Start');
    expect((await send()).status).toBe('queued');
    expect(server.received.map(({ form }) => form.Body)).toEqual([' stop ', 'Start']);
    expect(server.received.every(({ form }) => form.OptOutType === undefined)).toBe(true);
  });

  it('gets an answer of Twilio itself', async () => {
    await say('STOP');
    await say('HELP');
    await say('START');
    expect(emulator.thread(OURS, THEIRS).filter(({ direction }) => direction === 'outbound')).toEqual(
      (['stop', 'help', 'start'] as const).map((kind) =>
        expect.objectContaining({ text: OPT_OUT_REPLIES[kind], providerStatus: 'delivered' }),
      ),
    );
  });

  it('has opted out of the whole service that the number is in, which says so to the webhook', async () => {
    await say('Quit', address(POOL[0]));
    expect(server.received[0]?.form).toMatchObject({ OptOutType: 'STOP', MessagingServiceSid: SERVICE });
    for (const from of POOL) expect(await rejection(send(from))).toMatchObject({ code: 21610 });
    const byService = client.messages.create({ messagingServiceSid: SERVICE, to: THEIRS, body: 'Hi' });
    expect(await rejection(byService)).toMatchObject({ code: 21610 });
    await say('unstop', address(POOL[1]));
    expect((await send(POOL[0])).status).toBe('queued');
  });

  it('is nobody to a short code, or where opt-out is off', async () => {
    await say('STOP', SHORT_CODE);
    expect((await send(SHORT_CODE)).status).toBe('queued');
    await start({ optOut: 'off' });
    await say('STOP');
    expect((await send()).status).toBe('queued');
    expect(emulator.thread(OURS, THEIRS)).toHaveLength(2);
  });
});

describe('the words of opting out', () => {
  it.each([
    ['STOP', 'stop'],
    ['StopAll', 'stop'],
    ['REVOKE', 'stop'],
    ['OPTOUT', 'stop'],
    ['OPT OUT', undefined],
    ['STOP PLEASE', undefined],
    ['UNSTOP', 'start'],
    ['YES', undefined],
    ['INFO', 'help'],
    ['hello', undefined],
  ])('%s is %s', (text, kind) => {
    expect(optOutKind(text, OURS, false)).toBe(kind);
  });

  it('YES opts in who is out, and no other', () => {
    expect(optOutKind('YES', OURS, true)).toBe('start');
  });

  it('a toll-free number knows STOP, START and UNSTOP only', () => {
    const kinds = ['STOP', 'QUIT', 'START', 'UNSTOP', 'YES', 'HELP'].map((text) =>
      optOutKind(text, '+18885550100', true),
    );
    expect(kinds).toEqual(['stop', undefined, 'start', 'start', undefined, undefined]);
  });
});
