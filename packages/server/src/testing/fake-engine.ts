import {
  type Address,
  address,
  type Engine,
  type MessageRecord,
  type News,
  type Organization,
  ParleyError,
  type StartOptions,
  type WebhookReply,
  type WebhookRequest,
} from '@parley/core';
import { createFakeEmulator, type FakeEmulator } from './fake-emulator.ts';

/** An engine that answers as a test tells it to. */
export interface FakeEngine extends Engine {
  readonly emulated: FakeEmulator;
  readonly calls: string[];
  readonly received: { readonly transport: string; readonly request: WebhookRequest }[];
  /** Tells subscribers of a message. */
  tell(news: News): void;
}

export interface FakeEngineOptions {
  /** Answers a webhook; with `undefined` it is taken for a text of the fake emulator. */
  readonly receive?: (
    request: WebhookRequest,
    transport: string,
  ) => Promise<WebhookReply | undefined> | WebhookReply | undefined;
  readonly ready?: () => Promise<boolean>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
  /** What the message log holds. */
  readonly records?: MessageRecord[];
  /** Runs after a phone's text was answered. */
  readonly onText?: (text: FakeText, engine: FakeEngine) => void;
}

/** A text as the fake emulator posts it. */
export interface FakeText {
  readonly providerId: string;
  readonly from: Address;
  readonly to: Address;
  readonly text: string;
  readonly media: MessageRecord['media'];
}

const keyword = (...words: string[]) => ({ kind: 'keyword', words });
const app = (id: string, number: string, transport: string, bots: object[] = []) => ({
  id,
  mode: 'preview',
  address: address(number),
  transport,
  bots,
  fallback: undefined,
  otherwise: undefined,
});

/** Three apps: two on the transport `fake`, which is emulated, one on `real`, which is not. */
export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const calls: string[] = [];
  const received: FakeEngine['received'] = [];
  const listeners = new Set<(news: News) => void>();
  let webhookUrl = '';
  const emulated = createFakeEmulator(() => webhookUrl);
  const organization = {
    name: 'Riverside Clinic',
    apps: [
      app('appointments', '+14155550100', 'fake', [{ triggers: [keyword('BOOK', 'APPOINTMENT'), keyword('CANCEL')] }]),
      app('lab-results', '+14155550101', 'fake'),
      app('billing', '+14155550102', 'real'),
    ],
    transports: { fake: {}, real: {} },
    storage: { messages: { list: async () => ({ messages: [...(options.records ?? [])] }) } },
    plugins: [],
    actors: [{ address: address('+14155550142'), firstName: 'Maya', lastName: 'Chen' }],
  } as unknown as Organization;

  const receive = async (transport: string, request: WebhookRequest): Promise<WebhookReply> => {
    received.push({ transport, request });
    const answer = await options.receive?.(request, transport);
    if (answer !== undefined) return answer;
    const text: FakeText = JSON.parse(new TextDecoder().decode(request.body));
    setImmediate(() => options.onText?.(text, engine));
    return { status: 200, contentType: 'text/xml', body: '<Response/>' };
  };

  const engine = {
    organization,
    emulated,
    calls,
    received,
    receive,
    async start({ localUrl, publicUrl = localUrl }: StartOptions) {
      calls.push(`start ${publicUrl}`);
      webhookUrl = `${localUrl}/webhooks/fake`;
      await options.start?.();
    },
    async stop() {
      calls.push('stop');
      await options.stop?.();
    },
    ready: options.ready ?? (async () => true),
    emulator(transport: string) {
      if (transport === 'fake') return emulated;
      throw new ParleyError('error.platform.transport.no-emulator', { transport });
    },
    subscribe(listener: (news: News) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(news: News) {
      for (const listener of listeners) listener(news);
    },
  } as unknown as FakeEngine;
  return engine;
}
