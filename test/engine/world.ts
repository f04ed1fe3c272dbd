import Router from '@koa/router';
import {
  type AppOptions,
  address,
  anyText,
  type Bot,
  type ConversationDocument,
  conversationKey,
  createEngine,
  defineApp,
  defineBot,
  defineOrganization,
  type Engine,
  type EngineOptions,
  type Found,
  type Log,
  type MessageId,
  type MessageRecord,
  nextLoop,
  type OutgoingMessage,
  type Plugin,
  type Retention,
  type SendOptions,
  type SendReceipt,
  type StatusReport,
  type Storage,
  say,
  setupBot,
  type Transport,
  type TransportContext,
} from '@parley/core';
import { flush, SimulatedCarrier, VirtualClock } from '@parley/testing';
import { assign } from 'xstate';

export const OURS = address('+14155550100');
export const OTHER = address('+14155550199');
export const ANN = address('+14155550123');
export const KEY = conversationKey(OURS, ANN);

/** Answers every text with how many there were. */
export const counter: Bot = defineBot({
  id: 'counter',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({ types: { context: {} as { count: number } } }).createMachine({
    context: { count: 0 },
    on: {
      'message.received': {
        actions: [
          assign({ count: ({ context }) => context.count + 1 }),
          say(({ context, event }) => `${context.count}: ${event.text}`),
        ],
      },
    },
  }),
});

/** One attempt to send, as a test decides about it. */
export type Attempt = (message: OutgoingMessage, options: SendOptions) => Promise<SendReceipt>;

/** A provider that does what a test says, and takes every message otherwise. One for all engines of a test. */
export class Carrier implements Transport {
  readonly name = 'carrier';
  /** Every message that the provider took, in order. */
  readonly accepted: OutgoingMessage[] = [];
  /** Every attempt, in order. */
  readonly attempts: SendOptions[] = [];
  finds = 0;
  /** What it would never take. */
  refuses: NonNullable<Transport['refuses']> = () => undefined;
  /** What happens to the next attempts, one each. */
  readonly script: Attempt[] = [];
  /** Awaited before a question is answered. */
  beforeFind: () => Promise<void> = async () => {};
  readonly #receipts = new Map<MessageId, SendReceipt>();
  readonly webhooks = new SimulatedCarrier().webhooks;

  get texts(): readonly string[] {
    return this.accepted.map(({ text }) => text);
  }

  accept(message: OutgoingMessage): SendReceipt {
    this.accepted.push(message);
    const receipt = { providerId: `SM-${message.id}-${this.accepted.length}`, providerStatus: 'queued' };
    this.#receipts.set(message.id, receipt);
    return receipt;
  }

  async open(_context: TransportContext): Promise<void> {}

  async send(message: OutgoingMessage, options: SendOptions): Promise<SendReceipt> {
    this.attempts.push(options);
    const scripted = this.script.shift();
    return scripted === undefined ? this.accept(message) : scripted(message, options);
  }

  find = async (message: OutgoingMessage): Promise<Found> => {
    this.finds += 1;
    await this.beforeFind();
    return this.#receipts.get(message.id);
  };

  async close(): Promise<void> {}
}

/** Never comes back, as in a process that has died. */
export const never = (): Promise<never> => new Promise(() => {});

export interface Line {
  readonly level: string;
  readonly message: string;
  readonly code?: unknown;
}

/** One world in which engines live and die: its time, its provider, its people. */
export class World {
  readonly clock = new VirtualClock({ settle: () => this.rest() });
  readonly carrier = new Carrier();
  readonly lines: Line[] = [];
  readonly #engines = new Set<Engine>();
  #ids = 0;
  #texts = 0;

  readonly newId = (): string => String(++this.#ids).padStart(8, '0');

  /** Lets everything happen that can happen at this moment, also when something never ends. */
  async rest(): Promise<void> {
    for (let round = 0; round < 8; round++) await flush();
  }

  async advance(milliseconds: number): Promise<void> {
    await this.clock.advance(milliseconds);
  }

  create(parts: EngineParts): Engine {
    const { bots = [counter], plugins = [], storage, app = {}, apps = [], engine = {}, retention = {} } = parts;
    const organization = defineOrganization({
      name: 'Test',
      apps: [defineApp({ id: 'app', number: OURS, bots, ...app }), ...apps.map(defineApp)],
      transports: { sms: parts.transport ?? this.carrier },
      storage,
      plugins,
      retention,
    });
    const runtime = {
      clock: this.clock,
      newId: this.newId,
      random: () => 0.5,
      log: this.#log(),
      afterAnswer: nextLoop,
      createRouter: () => new Router(),
    };
    return createEngine(organization, runtime, engine);
  }

  async start(parts: EngineParts): Promise<Engine> {
    const engine = this.create(parts);
    await engine.start({ localUrl: 'http://localhost:3000' });
    this.#engines.add(engine);
    await this.advance(0);
    return engine;
  }

  /** Texts, without waiting for more than the webhook's answer. */
  async text(
    engine: Engine,
    text: string,
    { from = ANN, to = OURS, providerId = `IN${++this.#texts}` }: TextOptions = {},
  ): Promise<void> {
    const message = { providerId, from: address(from), to: [address(to)], text, media: [], raw: {} };
    await this.webhook(engine, { kind: 'text', message });
  }

  async status(
    engine: Engine,
    messageId: MessageId,
    update: Omit<StatusReport['update'], 'at' | 'source' | 'providerId'>,
  ): Promise<void> {
    const full = { providerId: `SM-${messageId}-1`, at: this.clock.now(), source: 'callback', ...update };
    await this.webhook(engine, { kind: 'status', report: { messageId, update: full, raw: {} } });
  }

  async webhook(engine: Engine, body: unknown): Promise<void> {
    await engine.receive('sms', {
      method: 'POST',
      path: '/',
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
    });
  }

  /** Stops every engine; those that hang are given all the time that they ask for. */
  async close(): Promise<void> {
    const stopping = [...this.#engines].map((engine) => engine.stop({ grace: 0 }).catch(() => {}));
    await this.advance(60_000);
    await Promise.all(stopping);
  }

  #log(): Log {
    const at = (level: string) => (fields: { readonly code?: unknown }, message: string) =>
      void this.lines.push({ level, message, code: fields.code });
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  }
}

export interface EngineParts {
  readonly storage: Storage;
  readonly bots?: readonly Bot[];
  readonly plugins?: readonly Plugin[];
  readonly transport?: Transport;
  /** What is other than usual about the first app. */
  readonly app?: Partial<AppOptions>;
  /** Further apps. */
  readonly apps?: readonly AppOptions[];
  readonly engine?: EngineOptions;
  readonly retention?: Retention;
}

export interface TextOptions {
  readonly from?: string;
  readonly to?: string;
  readonly providerId?: string;
}

/** The same storage for several engines at once: opened by the first, closed by nobody. */
export function shared(storage: Storage): Storage {
  let opened: Promise<void> | undefined;
  return {
    ...storage,
    exclusive: false,
    open(context) {
      opened ??= storage.open(context);
      return opened;
    },
    async close() {},
  };
}

export async function documentOf(storage: Storage, key = KEY): Promise<ConversationDocument> {
  const document = await storage.conversations.get(key);
  if (document === undefined) throw new Error('There is no such conversation.');
  return document;
}

/** The log of messages, oldest first. */
export async function messagesOf(storage: Storage): Promise<readonly MessageRecord[]> {
  const { messages } = await storage.messages.list({ limit: 1000 });
  return [...messages].reverse();
}
