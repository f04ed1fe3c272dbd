import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  address,
  type Media,
  type MessageId,
  type OutgoingMessage,
  SendError,
  silentLog,
  systemClock,
  type Transport,
} from '@parley/core';
import { type TwilioOptions, twilio } from '@parley/plugin-twilio';
import { SimulatedCarrier } from '@parley/testing';
import { vi } from 'vitest';
import { ANN, codeLog, inSimulation, OURS, type Provocation, withEngine } from './world.ts';

const ACCOUNT = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'a-token-of-tests' };

/** Runs something with a transport to Twilio, which is at `baseUrl`. */
async function withTwilio(
  options: TwilioOptions,
  run: (transport: Transport) => unknown,
  emulate: 'never' | 'missing' = 'never',
): Promise<unknown> {
  const transport = twilio(options);
  await transport.open({
    webhookUrl: 'https://bots.example.com/webhooks/sms',
    localWebhookUrl: 'http://127.0.0.1:3000/webhooks/sms',
    addresses: [address(OURS)],
    emulate,
    receive: async () => ({ status: 204 }),
    clock: systemClock,
    log: silentLog,
  });
  try {
    return await run(transport);
  } finally {
    await transport.close();
  }
}

function messageToAnn(): OutgoingMessage {
  return {
    id: 'message-1' as MessageId,
    from: address(OURS),
    to: address(ANN),
    text: 'Hello',
    media: [],
    createdAt: Date.now(),
  };
}

/** Sends one message to a Twilio that behaves like this, and answers with the code of what went wrong. */
async function codeOfSend(listener: RequestListener | undefined): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  if (listener === undefined) await new Promise((resolve) => server.close(resolve));
  const message = messageToAnn();
  const send = (transport: Transport) =>
    transport.send(message, { idempotencyKey: message.id, signal: new AbortController().signal });
  try {
    await withTwilio({ ...ACCOUNT, baseUrl: `http://127.0.0.1:${port}`, timeout: 100 }, send);
    return 'sent';
  } catch (error) {
    return (error as SendError).code;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** One call of a webhook, as it comes to the transport. */
function webhook(method: string, headers: Readonly<Record<string, string>>) {
  return (transport: Transport) =>
    transport.webhooks.verify({ method, path: '/inbound', headers, body: Buffer.from('Body=Hello') });
}

/** Fetches a picture of which no more than a byte is wanted. */
function picture(url: string) {
  const signal = new AbortController().signal;
  return (transport: Transport) => transport.fetchMedia?.({ url }, { limit: 1, signal });
}

/** The code with which a message with such a picture would be refused. */
function refusal(transport: Transport, picture: Omit<Media, 'url'>): string | undefined {
  const media = [{ url: 'https://example.com/picture', ...picture }];
  return transport.refuses?.({ ...messageToAnn(), media })?.code;
}

export const sending: Readonly<Record<string, Provocation>> = {
  'error.platform.transport.no-credentials': async () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', undefined);
    try {
      return await withTwilio({}, () => undefined);
    } finally {
      vi.unstubAllEnvs();
    }
  },

  'error.platform.transport.no-emulator': () =>
    inSimulation({}, async ({ engine }) => {
      engine.emulator('sms');
    }),

  'error.platform.webhook.method': () => withTwilio(ACCOUNT, webhook('GET', {})),
  'error.platform.webhook.unsigned': () => withTwilio(ACCOUNT, webhook('POST', {})),
  'error.platform.webhook.forged': () => withTwilio(ACCOUNT, webhook('POST', { 'x-twilio-signature': 'Zm9yZ2Vk' })),

  'error.platform.webhook.malformed': () =>
    withTwilio(ACCOUNT, ({ webhooks }) =>
      webhooks.parse({ method: 'POST', path: '/inbound', headers: {}, body: Buffer.from('{}') }),
    ),

  'error.platform.media.unsupported-type': () =>
    withTwilio(ACCOUNT, (transport) => refusal(transport, { contentType: 'text/html' })),
  'error.platform.media.too-large-to-send': () =>
    withTwilio(ACCOUNT, (transport) => refusal(transport, { size: 6_000_000 })),
  'error.platform.media.refused': () => withTwilio(ACCOUNT, picture('https://example.com/picture.png')),
  'error.platform.media.unavailable': () =>
    withTwilio({ ...ACCOUNT, baseUrl: 'http://127.0.0.1:1' }, picture('http://127.0.0.1:1/Media/ME1')),
  'error.platform.media.too-large': async () => {
    const server = createServer((_, response) => response.end('a picture'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      return await withTwilio({ ...ACCOUNT, baseUrl }, picture(`${baseUrl}/Media/ME1`));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },

  'error.platform.send.timeout': () => codeOfSend(() => {}),
  'error.platform.send.interrupted': () => codeOfSend((request) => request.socket.destroy()),
  'error.platform.send.unreachable': () => codeOfSend(undefined),

  'error.platform.send.expired': () =>
    inSimulation({}, async (simulation) => {
      const ann = simulation.actor(ANN);
      ann.carrier({ kind: 'unreachable' });
      await ann.text('Hello');
      await simulation.advance({ hours: 11 });
      return (await simulation.messages()).find(({ direction }) => direction === 'outbound')?.error?.code;
    }),

  'error.platform.message.unknown': () => inSimulation({}, ({ engine }) => engine.refreshMessage('none' as MessageId)),

  'error.platform.message.not-failed': () =>
    inSimulation({}, async ({ engine }) => {
      const { message } = await engine.notify({ app: 'app', to: ANN, name: 'test', text: 'Hello' });
      await engine.resendMessage(message);
    }),

  'error.platform.send.cancelled': () =>
    inSimulation({}, async (simulation) => {
      const request = { app: 'app', to: ANN, name: 'test', text: 'Hello', at: simulation.clock.now() + 1000 };
      await simulation.engine.cancel((await simulation.engine.notify(request)).message);
      return (await simulation.messages())[0]?.error?.code;
    }),

  'error.platform.send.daily-cap': () =>
    inSimulation({ app: { pace: { perDay: 1 } } }, async (simulation) => {
      for (const text of ['one', 'two']) await simulation.engine.notify({ app: 'app', to: ANN, name: 'test', text });
      await simulation.advance({ seconds: 1 });
      return (await simulation.messages())[0]?.error?.code;
    }),

  'error.platform.send.not-on-list': () =>
    inSimulation({ app: { onlyTo: [] } }, async (simulation) => {
      await simulation.actor(ANN).text('Hello');
      return (await simulation.messages())[0]?.error?.code;
    }),

  'error.platform.send.in-doubt': () => {
    const carrier = new SimulatedCarrier();
    const doubtful: Transport = Object.assign(carrier, {
      send: () => Promise.reject(new SendError('unknown', 'ECONNRESET', 'broken off')),
      find: () => Promise.resolve('undecided' as const),
    });
    return withEngine({ transport: doubtful }, async (engine) => {
      const { message } = await engine.notify({ app: 'app', to: ANN, name: 'test', text: 'Hello' });
      const { messages } = engine.organization.storage;
      await vi.waitUntil(async () => (await messages.get(message))?.error !== undefined, { timeout: 10_000 });
      return (await messages.get(message))?.error?.code;
    });
  },

  'error.platform.policy.failed': async () => {
    const log = codeLog();
    const plugins = [{ name: 'broken', checkOutbound: () => Promise.reject(new Error('no')) }];
    await inSimulation({ plugins }, ({ actor }) => actor(ANN).text('Hello'), log);
    return log.codes.find((code) => code !== undefined);
  },
};
