import { address } from '@parley/core';
import sdk from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, OURS, rejection, SERVICE, type TestClock, THEIRS, TOKEN, testClock } from '../test-support.ts';
import { createTwilioEmulator, type TwilioEmulator } from './emulator.ts';
import { magicRecipients, magicSenders } from './magic.ts';
import type { TwilioEmulatorOptions } from './settings.ts';

let clock: TestClock;
let emulator: TwilioEmulator;
let client: sdk.Twilio;

/** The SDK as it is, with its own HTTP client; only told where to go. */
function sdkFor(url: string, user = ACCOUNT, password = TOKEN): sdk.Twilio {
  const made = sdk(user, password, { accountSid: ACCOUNT });
  made.api.baseUrl = url;
  return made;
}

async function start(options: TwilioEmulatorOptions = {}): Promise<void> {
  await emulator?.close();
  emulator = await createTwilioEmulator({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    numbers: [{ number: OURS }],
    services: [{ sid: SERVICE, numbers: ['+14155550110', '+14155550111'] }],
    clock,
    ...options,
  });
  client = sdkFor(emulator.url);
}

beforeEach(async () => {
  clock = testClock();
  await start();
});
afterEach(() => emulator.close());

const text = { from: OURS as string, to: THEIRS as string, body: 'Hello' };

describe('messages over the unmodified SDK', () => {
  it('are created as Twilio answers', async () => {
    const message = await client.messages.create(text);
    expect(message.toJSON()).toMatchObject({
      accountSid: ACCOUNT,
      apiVersion: '2010-04-01',
      body: 'Hello',
      dateCreated: new Date(clock.now()),
      dateSent: null,
      direction: 'outbound-api',
      errorCode: null,
      from: OURS,
      messagingServiceSid: null,
      numMedia: '0',
      numSegments: '1',
      price: null,
      priceUnit: 'USD',
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      status: 'queued',
      to: THEIRS,
    });
  });

  it('are fetched, and know when they were sent', async () => {
    const { sid } = await client.messages.create(text);
    clock.advance(60_000);
    const message = await client.messages(sid).fetch();
    expect(message.status).toBe('delivered');
    expect(message.dateSent?.getTime()).toBeGreaterThanOrEqual(message.dateCreated.getTime());
  });

  it('count their segments by their characters', async () => {
    const segments = async (body: string) => (await client.messages.create({ ...text, body })).numSegments;
    expect(await segments('a'.repeat(160))).toBe('1');
    expect(await segments('a'.repeat(161))).toBe('2');
    expect(await segments('ü👋'.repeat(24))).toBe('2');
  });

  it('are listed by recipient, sender and date of sending, page by page', async () => {
    for (let index = 0; index < 5; index++) await client.messages.create({ ...text, body: `day one ${index}` });
    clock.advance(86_400_000);
    await client.messages.create({ ...text, to: '+14155550198', body: 'day two' });
    clock.advance(60_000);
    const { sid: queued } = await client.messages.create({ ...text, body: 'still queued' });

    const bodies = async (options: Parameters<typeof client.messages.list>[0]) =>
      (await client.messages.list(options)).map(({ body }) => body);
    const dayOne = [4, 3, 2, 1, 0].map((index) => `day one ${index}`);
    expect(await bodies({})).toEqual(['still queued', 'day two', ...dayOne]);
    expect(await bodies({ to: THEIRS, pageSize: 2 })).toEqual(['still queued', ...dayOne]);
    expect(await bodies({ from: '+14155550177' })).toEqual([]);
    expect(await bodies({ dateSent: new Date('2026-11-23') })).toEqual(dayOne);
    expect(await bodies({ dateSentBefore: new Date('2026-11-24T00:00:00Z') })).toEqual(dayOne);
    expect(await bodies({ dateSentAfter: new Date('2026-11-24T00:00:00Z') })).toEqual(['day two']);

    const first = await client.messages.page({ to: THEIRS, pageSize: 3 });
    await client.messages.create({ ...text, body: 'came in between' });
    const second = await first.nextPage();
    expect([...first.instances, ...(second?.instances ?? [])].map(({ body }) => body)).toEqual([
      'still queued',
      ...dayOne,
    ]);
    expect(await second?.nextPage()).toBeUndefined();
    expect((await second?.previousPage())?.instances[0]?.sid).not.toBe(queued);
  });

  it('are redacted and deleted once they are done', async () => {
    const { sid } = await client.messages.create(text);
    expect(await rejection(client.messages(sid).remove())).toMatchObject({ status: 409, code: 20009 });
    expect(await rejection(client.messages(sid).update({ body: '' }))).toMatchObject({ code: 20009 });
    clock.advance(60_000);
    expect((await client.messages(sid).update({ body: '' })).body).toBe('');
    expect(emulator.thread(OURS, THEIRS)[0]?.text).toBe('Hello');
    expect(await client.messages(sid).remove()).toBe(true);
    expect(await rejection(client.messages(sid).fetch())).toMatchObject({ status: 404, code: 20404 });
  });

  it('are scheduled through a service, and canceled', async () => {
    const sendAt = new Date(clock.now() + 3_600_000);
    const scheduled = {
      to: THEIRS,
      body: 'Later',
      messagingServiceSid: SERVICE,
      scheduleType: 'fixed' as const,
      sendAt,
    };
    const first = await client.messages.create(scheduled);
    const second = await client.messages.create(scheduled);
    expect(first.status).toBe('scheduled');
    expect((await client.messages(first.sid).update({ status: 'canceled' })).status).toBe('canceled');
    clock.advance(3_500_000);
    expect((await client.messages(second.sid).fetch()).status).toBe('scheduled');
    clock.advance(200_000);
    expect((await client.messages(second.sid).fetch()).status).toBe('delivered');
    expect((await client.messages(first.sid).fetch()).status).toBe('canceled');
    expect(await rejection(client.messages(second.sid).update({ status: 'canceled' }))).toMatchObject({ code: 30409 });

    const soon = { ...scheduled, sendAt: new Date(clock.now() + 60_000) };
    expect(await rejection(client.messages.create(soon))).toMatchObject({ code: 35111 });
    const alone = { ...text, scheduleType: 'fixed' as const, sendAt };
    expect(await rejection(client.messages.create(alone))).toMatchObject({ code: 35118 });
  });

  it('bring their media', async () => {
    const mediaUrl = ['https://example.com/a.png', 'https://example.com/b.pdf'];
    const message = await client.messages.create({ ...text, mediaUrl });
    expect(message).toMatchObject({ numMedia: '2', sid: expect.stringMatching(/^MM/) });
    const media = await client.messages(message.sid).media.list();
    expect(media.map(({ contentType }) => contentType)).toEqual(['image/png', 'application/pdf']);
    const [first] = media;
    expect((await client.messages(message.sid).media(first!.sid).fetch()).parentSid).toBe(message.sid);
    const content = await fetch(emulator.url + first!.uri.replace('.json', ''), { redirect: 'manual' });
    expect(content.headers.get('location')).toBe(mediaUrl[0]);
  });
});

describe('what Twilio refuses', () => {
  type Create = Parameters<typeof client.messages.create>[0];
  it.each<[string, number, Partial<Create>]>([
    ['no recipient', 21604, { to: '' }],
    ['no sender', 21603, { from: '' }],
    ['no text', 21602, { body: '' }],
    ['a text that is too long', 21617, { body: 'a'.repeat(1_601) }],
    ['a recipient that is no number', 21211, { to: '+1415' }],
    ['a sender of another account', 21606, { from: '+14155550177' }],
    ['the sender as recipient', 21266, { to: OURS }],
    ['another channel', 21612, { to: `whatsapp:${THEIRS}` }],
    ['eleven media', 21623, { mediaUrl: Array.from({ length: 11 }, () => 'https://example.com/a') }],
    ['media that are nowhere', 21620, { mediaUrl: ['file:///etc/passwd'] }],
    ['a callback that is no URL', 21609, { statusCallback: 'nowhere' }],
    ['a service that does not exist', 21705, { messagingServiceSid: `MG${'f'.repeat(32)}` }],
  ])('%s: %i', async (_, code, patch) => {
    expect(await rejection(client.messages.create({ ...text, ...patch }))).toMatchObject({
      status: 400,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(emulator.messages()).toEqual([]);
  });

  it.each(Object.entries(magicRecipients))('the magic recipient %s: %i', async (to, code) => {
    expect(await rejection(client.messages.create({ ...text, to }))).toMatchObject({ code });
  });

  it.each(Object.entries(magicSenders))('the magic sender %s: %i', async (from, code) => {
    expect(await rejection(client.messages.create({ ...text, from }))).toMatchObject({ code });
  });

  it('takes the magic sender that is valid', async () => {
    expect((await client.messages.create({ ...text, from: '+15005550006' })).status).toBe('queued');
  });

  it('lets in nobody without the account or one of its keys', async () => {
    const key = `SK${'3'.repeat(32)}`;
    await start({ apiKeys: [{ sid: key, secret: 'secret' }] });
    expect(await rejection(sdkFor(emulator.url, ACCOUNT, 'wrong').messages.create(text))).toMatchObject({
      status: 401,
      code: 20003,
    });
    expect((await fetch(`${emulator.url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`)).status).toBe(401);
    expect((await sdkFor(emulator.url, key, 'secret').messages.create(text)).status).toBe('queued');
  });

  it('does not know other accounts, resources or methods', async () => {
    const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;
    const get = (path: string, method = 'GET') =>
      fetch(emulator.url + path, { method, headers: { authorization } }).then(({ status }) => status);
    expect(await get(`/2010-04-01/Accounts/AC${'9'.repeat(32)}/Messages.json`)).toBe(404);
    expect(await get(`/2010-04-01/Accounts/${ACCOUNT}/Calls.json`)).toBe(404);
    expect(await get(`/2010-04-01/Accounts/${ACCOUNT}/Messages/SM1.json`)).toBe(404);
    expect(await get(`/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, 'PUT')).toBe(405);
    expect(await get('/')).toBe(404);
    expect(await get('/uploads/none')).toBe(404);
    expect((await client.api.v2010.accounts(ACCOUNT).fetch()).status).toBe('active');
  });

  it('limits how many are created in a second', async () => {
    await start({ limits: { perSecond: 2, retryAfter: 1 } });
    await client.messages.create(text);
    await client.messages.create(text);
    expect(await rejection(client.messages.create(text))).toMatchObject({ status: 429, code: 20429 });
    expect(await client.messages.list()).toHaveLength(2);
    clock.advance(1_000);
    expect((await client.messages.create(text)).status).toBe('queued');
  });

  it('limits how many requests are under way', async () => {
    await start({ limits: { concurrency: 1 } });
    emulator.faults.next({ kind: 'delay', milliseconds: 1_000 });
    const slow = client.messages.create(text);
    const refused = await untilRefused(() => client.messages.list());
    expect(refused).toMatchObject({ status: 429, code: 20429 });
    clock.advance(1_000);
    expect((await slow).status).toBe('queued');
  });
});

describe('messaging services', () => {
  it('choose a number of the pool, and the same one for the same person', async () => {
    const to = (person: string) => ({ to: person, body: 'Hi', messagingServiceSid: SERVICE });
    const first = await client.messages.create(to(THEIRS));
    expect(first).toMatchObject({ status: 'accepted', from: null, messagingServiceSid: SERVICE });
    await client.messages.create(to('+14155550198'));
    await client.messages.create(to(THEIRS));
    clock.advance(60_000);
    const senders = emulator.messages().map(({ from }) => from);
    expect(senders).toEqual(['+14155550110', '+14155550111', '+14155550110']);
  });

  it('take turns without sticky sender, and refuse without numbers', async () => {
    const other = `MG${'a'.repeat(32)}`;
    await start({
      services: [
        { sid: SERVICE, numbers: ['+14155550110', '+14155550111'], stickySender: false },
        { sid: other, numbers: [] },
      ],
    });
    const message = { to: THEIRS, body: 'Hi', messagingServiceSid: SERVICE };
    await client.messages.create(message);
    await client.messages.create(message);
    clock.advance(60_000);
    expect(emulator.messages().map(({ from }) => from)).toEqual(['+14155550110', '+14155550111']);
    expect(await rejection(client.messages.create({ ...message, messagingServiceSid: other }))).toMatchObject({
      code: 21704,
    });
  });
});

describe('memory', () => {
  it('keeps the latest messages, and those that are not done', async () => {
    await start({ keepMessages: 2 });
    await client.messages.create({ ...text, body: 'one' });
    clock.advance(60_000);
    await client.messages.create({ ...text, body: 'two' });
    await client.messages.create({ ...text, body: 'three' });
    expect(emulator.messages().map(({ body }) => body)).toEqual(['two', 'three']);
    await client.messages.create({ ...text, body: 'four' });
    expect(emulator.messages().map(({ body }) => body)).toEqual(['three', 'four']);
    clock.advance(60_000);
  });

  it('keeps the latest uploads', async () => {
    await start({ keepMediaBytes: 10 });
    const upload = () => emulator.upload({ contentType: 'image/png', data: new Uint8Array(6) });
    const [first, second] = [await upload(), await upload()];
    expect((await fetch(first.url)).status).toBe(404);
    expect((await fetch(second.url)).status).toBe(200);
  });
});

describe('starting', () => {
  it('says which option is wrong, and when the port is taken', async () => {
    // @ts-expect-error a typing mistake
    await expect(createTwilioEmulator({ number: [] })).rejects.toThrow('number is no option');
    await expect(createTwilioEmulator({ numbers: [{ number: 'one' }] })).rejects.toThrow('numbers.0.number');
    await expect(createTwilioEmulator({ port: Number(new URL(emulator.url).port) })).rejects.toThrow(
      'error.platform.server.port-taken',
    );
  });

  it('makes up an account', async () => {
    const other = await createTwilioEmulator();
    expect(other.accountSid).toMatch(/^AC[0-9a-f]{32}$/);
    await expect(other.text({ from: THEIRS, to: address('+14155550177'), text: 'Hi' })).rejects.toThrow(
      'error.platform.number.unknown',
    );
    await other.close();
  });
});

/** Asks until it is refused: the request that holds the place needs a moment to arrive. */
async function untilRefused(ask: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      await ask();
    } catch (error) {
      return error;
    }
  }
}
