import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type ActivityRecord,
  address,
  type Clock,
  conversationKey,
  type MessageRecord,
  type PluginContext,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { VirtualClock } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signatureOf } from '../src/signature.ts';
import { type Endpoint, webhooks } from '../src/webhooks.ts';

const ANN = conversationKey(address('+14155550100'), address('+14155550123'));
const BEN = conversationKey(address('+14155550100'), address('+14155550124'));
const SECRET = 'a secret of some thirty bytes';

interface Told {
  readonly type: string;
  readonly id: string;
  readonly body: string;
  readonly signature: string;
  readonly timestamp: number;
}

let server: Server;
let url: string;
let told: Told[];
/** What the endpoint answers next; 200 when there is nothing. */
let answers: number[];
let clock: VirtualClock;
const storage = { current: memoryStorage() };
let plugin: ReturnType<typeof webhooks>;

beforeEach(async () => {
  told = [];
  answers = [];
  clock = new VirtualClock();
  storage.current = memoryStorage();
  await storage.current.open({ clock, log: silentLog });
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await bytesOf(request)).toString();
    const status = answers.shift() ?? 200;
    if (status === 200) {
      told.push({
        type: JSON.parse(body).type,
        id: String(request.headers['webhook-id']),
        body,
        signature: String(request.headers['webhook-signature']),
        timestamp: Number(request.headers['webhook-timestamp']),
      });
    }
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
});
afterEach(async () => {
  await plugin?.close?.();
  server.closeAllConnections();
  server.close();
});

async function start(endpoint: Partial<Endpoint> = {}, options: { giveUpAfter?: number } = {}): Promise<void> {
  let ids = 0;
  const { current } = storage;
  plugin = webhooks({ endpoints: [{ name: 'crm', url, secret: SECRET, ...endpoint }], ...options });
  await plugin.setup?.({
    keyv: current.keyv('webhooks'),
    claim: current.claim,
    release: current.release,
    clock: clock as Clock,
    log: silentLog,
    newId: () => `id-${Math.floor(clock.now())}-${++ids}`,
  } as unknown as PluginContext);
}

function message(conversation: MessageRecord['conversation'], id: string, status: MessageRecord['status'] = 'sent') {
  return {
    id,
    conversation,
    app: 'app',
    status,
    at: clock.now(),
    text: 'hello',
    history: [],
  } as unknown as MessageRecord;
}

const tell = (record: MessageRecord) => plugin.observeMessage?.(record);

/** Lets time pass until the endpoint was told so many times. */
async function until(count: number, step = 0): Promise<void> {
  await vi.waitFor(
    async () => {
      await clock.advance(step);
      expect(told).toHaveLength(count);
    },
    { timeout: 10_000, interval: 10 },
  );
}

describe('an endpoint', () => {
  it('is told of messages and activity, signed', async () => {
    await start();
    await tell(message(ANN, 'm1'));
    await plugin.observeActivity?.({
      id: 'a1',
      conversation: ANN,
      app: 'app',
      at: 0,
      kind: 'journey.ended',
    } as ActivityRecord);
    await until(2);
    expect(told.map(({ type }) => type)).toEqual(['message.sent', 'activity.journey.ended']);
    const [first] = told as [Told];
    expect(first.signature).toBe(signatureOf(SECRET, first.id, first.timestamp, first.body));
    expect(JSON.parse(first.body)).toMatchObject({
      id: 'm1:sent:0',
      data: { conversation: ANN, app: 'app', message: { text: 'hello' } },
    });
  });

  it('is told of what it asked for only', async () => {
    await start({ events: ['message.failed', 'activity.*'] });
    await tell(message(ANN, 'm1', 'sent'));
    await tell(message(ANN, 'm1', 'failed'));
    await until(1);
    expect(told[0]?.type).toBe('message.failed');
  });

  it('that fails is told again, with growing waits, and in order', async () => {
    await start();
    answers = [500, 503, 404];
    for (const id of ['m1', 'm2', 'm3']) await tell(message(ANN, id));
    await until(3, 5_000);
    expect(told.map(({ id }) => id)).toEqual(['m1:sent:0', 'm2:sent:0', 'm3:sent:0']);
  });

  it('that fails for one conversation is told of others meanwhile', async () => {
    await start();
    answers = [500];
    await tell(message(ANN, 'm1'));
    await vi.waitFor(async () => {
      await clock.advance(0);
      expect(answers).toEqual([]);
    });
    await tell(message(BEN, 'm2'));
    await until(1);
    expect(told[0]?.id).toBe('m2:sent:0');
    await until(2, 5_000);
  });

  it('is told by the next process of what this one could not', async () => {
    await start();
    answers = [500];
    await tell(message(ANN, 'm1'));
    await tell(message(ANN, 'm2'));
    await vi.waitFor(async () => {
      await clock.advance(0);
      expect(answers).toEqual([]);
    });
    await plugin.close?.();
    await clock.advance(300_000);
    await start();
    await until(2, 1_000);
    expect(told.map(({ id }) => id)).toEqual(['m1:sent:0', 'm2:sent:0']);
  });

  it('is not told of what it does not take for days', async () => {
    await start({}, { giveUpAfter: 60_000 });
    answers = Array(5).fill(500);
    await tell(message(ANN, 'm1'));
    await tell(message(ANN, 'm2'));
    await until(1, 20_000);
    expect(told[0]?.id).toBe('m2:sent:0');
  });
});

describe('options', () => {
  it.each([
    [{ url: 'http://crm.example/events' }, /https/],
    [{ url: 'https://user:password@crm.example/events' }, /password/],
    [{ secret: 'short' }, /24/],
    // 24 characters, and 13 bytes to sign with; or none at all.
    [{ secret: `whsec_${'A'.repeat(18)}` }, /24/],
    [{ secret: `whsec_${'!'.repeat(40)}` }, /24/],
    [{ name: 'No Name' }, /name/],
  ])('%j are refused', (endpoint, reason) => {
    expect(() => webhooks({ endpoints: [{ name: 'crm', url: 'https://a.b', secret: SECRET, ...endpoint }] })).toThrow(
      reason,
    );
  });
});

describe('the signature', () => {
  it('is that of the standard', () => {
    // The example of https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const body = '{"test": 2432232314}';
    expect(signatureOf(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, body)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
});

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}
