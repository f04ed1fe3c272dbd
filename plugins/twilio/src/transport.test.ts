import { type HandsetMessage, ParleyError, type Transport } from '@parley/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TwilioEmulator } from './emulator/emulator.ts';
import {
  contextOf,
  OURS,
  outgoing,
  SERVICE,
  sendOptions,
  signedRequest,
  statusesOf,
  type TestClock,
  THEIRS,
  testClock,
  testLog,
  type WebhookServer,
  webhookServer,
} from './test-support.ts';
import { twilio } from './transport.ts';

describe('twilio, emulated in process', () => {
  let clock: TestClock;
  let server: WebhookServer;
  let transport: Transport;
  let emulator: TwilioEmulator;

  beforeEach(async () => {
    clock = testClock();
    server = await webhookServer();
    transport = twilio();
    server.transport = transport;
    await transport.open(
      contextOf({ clock, emulate: 'always', localWebhookUrl: server.url, addresses: [OURS, SERVICE] }),
    );
    emulator = transport.emulator?.() as TwilioEmulator;
  });

  afterEach(async () => {
    await transport.close();
    await server.close();
  });

  it('sends a text and hears of its way to the phone', async () => {
    const message = outgoing();
    const receipt = await transport.send(message, sendOptions);
    expect(receipt).toEqual({ providerId: expect.stringMatching(/^SM[0-9a-f]{32}$/), providerStatus: 'queued' });
    clock.advance(60_000);
    await emulator.idle();
    expect(statusesOf(server.received)).toEqual(['sending', 'sent', 'delivered']);
    expect(server.received.every(({ status }) => status === 204)).toBe(true);
    const reports = server.received.flatMap(({ parsed }) => parsed?.statuses ?? []);
    expect(reports.map(({ messageId }) => messageId)).toEqual([message.id, message.id, message.id]);
    expect(reports.map(({ update }) => update.status)).toEqual(['pending', 'sent', 'delivered']);
    expect(reports.at(-1)?.update.carrierDate).toMatch(/^261123\d{4}$/);
  });

  it('takes in a text from a phone', async () => {
    const { providerId, answered } = await emulator.text({ from: THEIRS, to: OURS, text: 'Grüße & 100% 👋' });
    expect(answered).toBe(200);
    expect(server.received[0]?.parsed?.inbound).toEqual([
      expect.objectContaining({
        providerId,
        from: THEIRS,
        to: [OURS],
        text: 'Grüße & 100% 👋',
        media: [],
        place: { city: 'SAN FRANCISCO', region: 'CA', postalCode: '94105', country: 'US' },
      }),
    ]);
  });

  it('texts from a messaging service and is texted at it', async () => {
    const receipt = await transport.send(outgoing({ from: SERVICE }), sendOptions);
    expect(receipt.providerStatus).toBe('accepted');
    clock.advance(60_000);
    await emulator.idle();
    expect(statusesOf(server.received)).toEqual(['queued', 'sending', 'sent', 'delivered']);
    await emulator.text({ from: THEIRS, to: SERVICE, text: 'Hi' });
    const [inbound] = server.received.at(-1)?.parsed?.inbound ?? [];
    expect(inbound?.to).toEqual([emulator.messages()[0]?.from, SERVICE]);
    expect(emulator.thread(SERVICE, THEIRS).map(({ direction }) => direction)).toEqual(['outbound', 'inbound']);
  });

  it('shows the phone every change of a message', async () => {
    const seen: HandsetMessage[] = [];
    const stop = emulator.subscribe((message) => seen.push(message));
    await transport.send(outgoing(), sendOptions);
    clock.advance(60_000);
    await emulator.idle();
    expect(seen.map(({ providerStatus }) => providerStatus)).toEqual(['queued', 'sending', 'sent', 'delivered']);
    stop();
    await emulator.text({ from: THEIRS, to: OURS, text: 'Hi' });
    expect(seen).toHaveLength(4);
  });

  it('takes in a picture, which the emulator serves', async () => {
    const picture = Buffer.from('not really a picture');
    const media = await emulator.upload({ contentType: 'image/png', data: picture });
    await emulator.text({ from: THEIRS, to: OURS, text: '', media: [media] });
    const [inbound] = server.received.at(-1)?.parsed?.inbound ?? [];
    expect(inbound?.media).toEqual([
      { url: expect.stringMatching(/\/Messages\/MM.*\/Media\/ME/), contentType: 'image/png' },
    ]);
    for (const url of [media.url, inbound?.media[0]?.url ?? '']) {
      const response = await fetch(url);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(Buffer.from(await response.arrayBuffer())).toEqual(picture);
    }
  });
});

describe('opening', () => {
  it('refuses to start without credentials where the emulator is not wanted', async () => {
    await expect(withoutCredentials(() => twilio().open(contextOf({ emulate: 'never' })))).rejects.toMatchObject({
      code: 'error.platform.transport.no-credentials',
    });
  });

  it('says what is wrong with credentials from the environment', async () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', 'AC12').stubEnv('TWILIO_AUTH_TOKEN', 'token');
    await expect(twilio().open(contextOf({ emulate: 'missing' }))).rejects.toThrow(
      /TWILIO_ACCOUNT_SID.*32 hexadecimal/,
    );
    vi.unstubAllEnvs();
  });

  it('has no emulator with credentials, and one without where only missing ones are emulated', async () => {
    const real = twilio({ accountSid: `AC${'1'.repeat(32)}`, authToken: 'token' });
    await real.open(contextOf({ emulate: 'missing' }));
    expect(() => real.emulator?.()).toThrow('error.platform.transport.no-emulator');
    await real.close();
    const emulated = twilio();
    await withoutCredentials(() => emulated.open(contextOf({ emulate: 'missing' })));
    expect(emulated.emulator?.()).toBeDefined();
    await emulated.close();
  });

  it('warns when Twilio can not call this server, and then asks for no callbacks', async () => {
    const log = testLog();
    const transport = twilio({ accountSid: `AC${'1'.repeat(32)}`, authToken: 'token' });
    await transport.open(contextOf({ emulate: 'never', webhookUrl: 'http://localhost:3000/webhooks/twilio', log }));
    expect(log.lines.some(({ message }) => message.includes('publicUrl'))).toBe(true);
    await transport.close();
  });

  it('is not usable before and after', async () => {
    const transport = twilio();
    await expect(transport.send(outgoing(), sendOptions)).rejects.toThrow('error.platform.engine.stopped');
    expect(() => transport.webhooks.verify(signedRequest('/inbound', {}))).toThrow(ParleyError);
  });

  it('names an option that does not exist', () => {
    // @ts-expect-error a typing mistake
    expect(() => twilio({ acountSid: 'AC1' })).toThrow(/acountSid is no option.*error\.platform\.config\.malformed/);
    expect(() => twilio({ accountSid: 'AC1' })).toThrow('error.platform.config.malformed');
    expect(() => twilio({ apiKey: `SK${'1'.repeat(32)}` })).toThrow('apiSecret');
    // @ts-expect-error a typing mistake
    expect(() => twilio({ emulator: { sede: 1 } })).toThrow('emulator.sede is no option');
  });
});

async function withoutCredentials<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = process.env;
  delete process.env.TWILIO_ACCOUNT_SID;
  delete process.env.TWILIO_AUTH_TOKEN;
  try {
    return await work();
  } finally {
    if (sid !== undefined) process.env.TWILIO_ACCOUNT_SID = sid;
    if (token !== undefined) process.env.TWILIO_AUTH_TOKEN = token;
  }
}
