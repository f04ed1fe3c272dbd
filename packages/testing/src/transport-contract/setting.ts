import {
  type Address,
  address,
  type Clock,
  type Log,
  type LogFields,
  type Media,
  type MessageId,
  type MessageStatus,
  type OutgoingMessage,
  type SendOptions,
  type Storage,
  silentLog,
  type Transport,
  type WebhookRequest,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach } from 'vitest';
import { VirtualClock } from '../virtual-clock.ts';
import { setUpPlugin } from './plugin-part.ts';

/** A transport, and what stands in for its provider. */
export interface TransportUnderTest {
  /** Every word that the provider has for where a message is, and what it means. */
  readonly statuses: Readonly<Record<string, MessageStatus>>;
  /** Whether pictures go with texts, in both directions. */
  readonly media: boolean;
  /** Codes of the provider that `explain` knows. Default: none. */
  readonly codes?: readonly string[];
  /** Whether the provider knows an idempotency key: the same one twice is one message. Default `false`. */
  readonly idempotent?: boolean;
  /** What the provider's double cannot have go wrong. Default: all of it can. */
  readonly cannot?: readonly ProviderFault[];
  /** What a signature is over: the whole `request` (default), or only who sends it (`sender`), as a token is. */
  readonly signs?: 'request' | 'sender';
  /** Addresses of the channel: ours, and that of a person. Default: `+14155550100`, `+14155550199`. */
  readonly ours?: Address;
  readonly theirs?: Address;
  /** Parts that make no sense for it, each with the reason. Default: none. */
  readonly without?: Readonly<Partial<Record<TransportContractPart, string>>>;
  /** Starts a provider; called before each test. */
  start(world: TransportWorld): ProviderUnderTest | Promise<ProviderUnderTest>;
}

/** A part of the contract. */
export type TransportContractPart =
  | 'sending'
  | 'failing'
  | 'finding'
  | 'receiving'
  | 'reporting'
  | 'forging'
  | 'malformed'
  | 'media'
  | 'living'
  | 'conversing';

/** Where a test of the contract takes place. */
export interface TransportWorld {
  /** The time of the provider and of the transport, which stands still until the test goes on. */
  readonly clock: Clock;
  readonly log: Log;
  /** Our address. The provider knows it as ours. */
  readonly ours: Address;
  /** The person who is texted. */
  readonly theirs: Address;
  /** Where the transport says that its webhooks are: what signatures are made over, if they are over a URL. */
  readonly webhookUrl: string;
}

/**
 * What goes wrong with the next send:
 *
 * - `refuse`: the provider will never take it
 * - `busy`: the provider is asked too much and has not taken it
 * - `lose-request`: the connection breaks before the provider has it
 * - `lose-answer`: the provider takes it, and the connection breaks before it says so
 * - `hang`: the provider takes it and never answers
 *
 * and with `down` everything that is asked, until `heal`: the provider answers with an error of its own.
 */
export type ProviderFault = 'refuse' | 'busy' | 'lose-request' | 'lose-answer' | 'hang' | 'down';

/** A provider of the test's own: an emulator, or a double with the same interface. */
export interface ProviderUnderTest {
  /** A transport that speaks to this provider, not open yet. Two of them share nothing but the provider, like two processes. */
  create(): Transport;
  /** What the provider has taken, oldest first. */
  taken(): readonly TakenMessage[] | Promise<readonly TakenMessage[]>;
  fail(fault: ProviderFault): void | Promise<void>;
  /** Ends what `fail` began. */
  heal(): void | Promise<void>;
  /** The request, not signed yet, by which the provider tells of a text. `unknown`: parameters that it adds one day. */
  textRequest(text: ProviderText, unknown?: Readonly<Record<string, string>>): WebhookRequest;
  /** The request, not signed yet, by which the provider tells how a message of ours is getting on. */
  reportRequest(report: ProviderReport, unknown?: Readonly<Record<string, string>>): WebhookRequest;
  /** The request as the provider signs it, whatever its body is. */
  sign?(request: WebhookRequest): WebhookRequest;
  /** The request as somebody signs it who knows everything but the secret. */
  forge?(request: WebhookRequest): WebhookRequest;
  /** A picture that a person has sent, as the provider keeps it for `fetchMedia`. */
  picture?(): { readonly media: Media; readonly data: Uint8Array } | Promise<{ media: Media; data: Uint8Array }>;
  stop?(): void | Promise<void>;
}

/** A message as the provider got it. */
export interface TakenMessage {
  readonly providerId: string;
  readonly from: Address;
  readonly to: Address;
  readonly text: string;
  /** URLs. */
  readonly media: readonly string[];
}

/** A text of a person, as the provider tells of it. */
export interface ProviderText {
  /** A number of the test's own: the provider's id of it is the same for the same number. */
  readonly number: number;
  readonly from: Address;
  readonly to: Address;
  readonly text: string;
  readonly media: readonly Media[];
}

/** How a message of ours is getting on, as the provider tells of it. */
export interface ProviderReport {
  readonly message: OutgoingMessage;
  readonly providerId: string;
  /** One of the provider's own: a key of `statuses`, or one that it makes up one day. */
  readonly word: string;
}

/** What one test works with. */
export interface Setting {
  readonly underTest: TransportUnderTest;
  readonly provider: ProviderUnderTest;
  readonly clock: VirtualClock;
  readonly ours: Address;
  readonly theirs: Address;
  /** Everything that was logged. */
  readonly logged: readonly unknown[];
  /** Opens a transport, by default another one over the provider; it is closed after the test. */
  open(transport?: Transport): Promise<Transport>;
  /** A message that has just been asked for. */
  message(fields?: Partial<OutgoingMessage>): OutgoingMessage;
}

export const TRANSPORT = 'under-test';
export const PUBLIC_URL = 'https://bots.example.com';
export const PICTURE: Media = { url: 'https://example.com/picture.png', contentType: 'image/png' };

const WEBHOOK_URL = `${PUBLIC_URL}/webhooks/${TRANSPORT}`;

/** Starts a provider before each test and clears up after it. */
export function useTransport(underTest: TransportUnderTest): Setting {
  const { ours = address('+14155550100'), theirs = address('+14155550199') } = underTest;
  let clock: VirtualClock;
  let provider: ProviderUnderTest;
  let storage: Storage;
  let closers: (() => unknown)[];
  let logged: unknown[];
  let messages = 0;

  beforeEach(async () => {
    clock = new VirtualClock();
    closers = [];
    logged = [];
    storage = memoryStorage();
    await storage.open({ clock, log: silentLog });
    provider = await underTest.start({ clock, log: keepingLog(logged), ours, theirs, webhookUrl: WEBHOOK_URL });
  });

  afterEach(async () => {
    await provider.heal();
    for (const close of closers.reverse()) await close();
    await provider.stop?.();
    await storage.close();
  });

  return {
    ...{ underTest, ours, theirs },
    get clock() {
      return clock;
    },
    get provider() {
      return provider;
    },
    get logged() {
      return logged;
    },
    async open(transport = provider.create()) {
      const log = keepingLog(logged);
      await transport.open({
        webhookUrl: WEBHOOK_URL,
        localWebhookUrl: WEBHOOK_URL,
        addresses: [ours],
        emulate: 'never',
        receive: async () => ({ status: 204 }),
        clock,
        log,
      });
      closers.push(() => transport.close());
      const plugin = await setUpPlugin(TRANSPORT, transport, { storage, clock, log, ours });
      closers.push(() => plugin?.close?.());
      return transport;
    },
    message: (fields = {}) => ({
      id: `message-${++messages}` as MessageId,
      from: ours,
      to: theirs,
      text: `Your appointment is tomorrow. (${messages})`,
      media: [],
      createdAt: clock.now(),
      ...fields,
    }),
  };
}

function keepingLog(lines: unknown[]): Log {
  const add = (fields: LogFields, message: string) => void lines.push({ ...fields, message });
  return { debug: add, info: add, warn: add, error: add };
}

/** How a message is sent, under a signal that nobody aborts unless another is given. */
export function optionsFor(message: OutgoingMessage, signal: AbortSignal = asking().signal): SendOptions {
  return { idempotencyKey: message.id, signal };
}

/** How anything is asked under a signal that nobody aborts. */
export function asking(): { readonly signal: AbortSignal } {
  return { signal: new AbortController().signal };
}
