import type { Address } from './address.ts';
import type { ErrorCode } from './errors.ts';
import type { Media, MessageId, MessageStatus } from './message.ts';
import type { Plugin } from './plugin.ts';
import type { Clock, Log } from './runtime.ts';
import type { StatusUpdate } from './status.ts';

/**
 * Carries messages. An organization names its transports; each app says which one serves its number.
 *
 * A transport is made by a factory (`twilio({…})`), opened once before the first message and closed last.
 */
export interface Transport {
  /** The provider, for logs and for the path of its webhooks: `/webhooks/<key in transports>/…`. */
  readonly name: string;

  /** Makes ready to send; called once, before anything else. Throws a coded error when credentials are missing. */
  open(context: TransportContext): Promise<void>;

  /**
   * Why the provider would never take a message, as far as can be told by looking at it: it fails, and nobody is asked. Called
   * before every attempt; has to be quick.
   */
  refuses?(message: OutgoingMessage): Refusal | undefined;

  /**
   * Hands one message to the provider and resolves when it was accepted.
   *
   * @throws {@link SendError}, which says whether the provider refused it for good, asks to try later, or whether
   * nobody knows.
   */
  send(message: OutgoingMessage, options: SendOptions): Promise<SendReceipt>;

  /** Asks the provider whether it has accepted `message` before; for messages whose `send` was cut short. */
  find(message: OutgoingMessage, options: { readonly signal: AbortSignal }): Promise<Found>;

  /** Asks the provider how a message that it has accepted is getting on; `undefined` when it knows of none. */
  status?(providerId: string, options: { readonly signal: AbortSignal }): Promise<ProviderStatus | undefined>;

  /**
   * Fetches a picture or file that a person has sent, with the account's credentials and from the provider's own hosts only.
   *
   * @throws `error.platform.media.refused`, `error.platform.media.too-large`, `error.platform.media.unavailable`
   */
  fetchMedia?(media: Media, options: FetchMediaOptions): Promise<FetchedMedia>;

  /** Asks the provider where it sends the texts that come to an address of ours; `undefined` when it does not know the address. */
  inboundUrlOf?(address: Address, options: { readonly signal: AbortSignal }): Promise<string | undefined>;

  /** What the provider means by one of its error codes. */
  explain?(code: string): Explanation | undefined;

  /** Where people write to an address of ours in a browser, for those that have such a page: its path on this server. */
  pageOf?(address: Address): string | undefined;

  readonly webhooks: TransportWebhooks;

  /** A stand-in for the provider and for people's phones, for development. */
  readonly emulator?: () => Emulator;

  /**
   * What it does besides carrying messages, for a transport that serves people itself: pages, sockets, data of its own. The engine sets it
   * up after `open` and ahead of the organization's plugins.
   */
  readonly plugin?: Plugin;

  close(): Promise<void>;
}

export interface TransportContext {
  /** Where the provider reaches this transport's webhooks, without a slash at the end. */
  readonly webhookUrl: string;
  /** Where an emulator in this process reaches them, whatever the public URL is. */
  readonly localWebhookUrl: string;
  /** Every address of ours that this transport serves. */
  readonly addresses: readonly Address[];
  /**
   * Whether to serve from the emulator: `never` refuses to start without credentials, `missing` emulates only
   * without them, `always` ignores them.
   */
  readonly emulate: 'never' | 'missing' | 'always';
  /**
   * Takes in a request that has come by another way than `webhookUrl`, a socket say, as if it had come by that: verifies, parses, and
   * resolves once everything is on disk. Only once the engine has started.
   *
   * @throws a `ParleyError` whose `status` is that of the answer.
   */
  readonly receive: (request: WebhookRequest) => Promise<WebhookReply>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A message as a transport sees it: after all rewrites. */
export interface OutgoingMessage {
  readonly id: MessageId;
  /** Our number or messaging service. */
  readonly from: Address;
  readonly to: Address;
  readonly text: string;
  readonly media: readonly Media[];
  /** When it was asked for; a provider's record of it can not be older. Milliseconds since the epoch. */
  readonly createdAt: number;
  /** After this moment it is of no use to anybody, and the provider should give it up as well. Milliseconds since the epoch. */
  readonly deadline?: number;
  /** The number of ours that the person has texted, where `from` is a messaging service: they shall hear from the same. */
  readonly via?: Address;
}

export interface SendOptions {
  /** The same for every attempt at the same message. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** Why a message can not be sent, for its record and for the bot that said it. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

/** What the provider said when it took a message. */
export interface SendReceipt {
  readonly providerId: string;
  readonly providerStatus: string;
  /** Where the message is by now, when a message that was found has got further. Default `pending`. */
  readonly status?: MessageStatus;
}

/**
 * What a provider has of a message whose send was cut short: its receipt; nothing, when it surely has not taken it; or
 * something that may be this message or an equal one, which nobody can tell.
 */
export type Found = SendReceipt | 'undecided' | undefined;

export interface FetchMediaOptions {
  /** How many bytes at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** A picture or file that a person has sent. */
export interface FetchedMedia {
  /** MIME type, as the provider says. */
  readonly contentType: string;
  readonly data: Uint8Array;
}

/** How a message is getting on, in the provider's words and ours. */
export interface ProviderStatus {
  readonly status: MessageStatus;
  readonly providerStatus: string;
  /** The provider's code of why it failed. */
  readonly code?: string;
  readonly reason?: string;
}

/** What a provider means by an error code, and what to do about it. */
export interface Explanation {
  readonly meaning: string;
  readonly advice: string;
  /** Whether the same text may go through: never, soon, after minutes or hours, or once an operator has mended something. */
  readonly retry: 'never' | 'soon' | 'later' | 'fixed';
}

/** How a send went wrong, which decides what happens next. */
export type SendFailure =
  /** The provider will never take this message. */
  | 'refused'
  /** The provider has surely not taken it, and may later. */
  | 'retry'
  /** It may or may not have been taken: ask with `find` before sending again. */
  | 'unknown';

/** A send that failed, by whose fault and what can be done. */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly failure: SendFailure;
  /** The provider's code (`21610`) or one of the registry. */
  readonly code: string;
  /** Milliseconds that the provider asked us to wait. */
  readonly retryAfter: number | undefined;
  /** Whether the provider asked all of our sends to wait, not just this one. */
  readonly isForAll: boolean;

  constructor(
    failure: SendFailure,
    code: string,
    reason: string,
    options: { retryAfter?: number; isForAll?: boolean; cause?: unknown } = {},
  ) {
    super(reason, { cause: options.cause });
    this.failure = failure;
    this.code = code;
    this.retryAfter = options.retryAfter;
    this.isForAll = options.isForAll ?? false;
  }
}

/** The webhook side of a transport. */
export interface TransportWebhooks {
  /**
   * Makes sure that the request comes from the provider; called before anything else reads it.
   *
   * @throws a `ParleyError` whose status is the answer (403 for a signature that does not match).
   */
  verify(request: WebhookRequest): void | Promise<void>;

  /**
   * Reads a verified request.
   *
   * @throws `error.platform.webhook.malformed` when it is not what the provider sends.
   */
  parse(request: WebhookRequest): ParsedWebhook;
}

/** One HTTP request of a provider, as it came. */
export interface WebhookRequest {
  readonly method: string;
  /** What follows the transport's `webhookUrl`, with the query: `/inbound`, `/status?message=…`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

export interface ParsedWebhook {
  readonly inbound: readonly IncomingMessage[];
  readonly statuses: readonly StatusReport[];
  /** What to answer once everything is stored. */
  readonly reply: WebhookReply;
}

export interface WebhookReply {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

/** A text from a person. */
export interface IncomingMessage {
  /** The provider's id: the same text twice has the same. */
  readonly providerId: string;
  readonly from: Address;
  /** The address of ours that was texted, most specific first: a number, then the messaging service it is in. */
  readonly to: readonly [Address, ...Address[]];
  readonly text: string;
  readonly media: readonly Media[];
  /** What the provider guesses from the number. */
  readonly place?: {
    readonly city?: string;
    readonly region?: string;
    readonly postalCode?: string;
    readonly country?: string;
  };
  /** The provider has handled an opt-out keyword itself. */
  readonly optOut?: 'stop' | 'start' | 'help';
  /** Every parameter of the request, known or not. */
  readonly raw: Readonly<Record<string, string>>;
}

/** What the provider tells of a message of ours. */
export interface StatusReport {
  /** Ours, when the report carries it. */
  readonly messageId?: MessageId;
  readonly update: StatusUpdate & { readonly providerId: string };
  readonly raw: Readonly<Record<string, string>>;
}

/** A provider and the phones behind it, run in this process. */
export interface Emulator {
  /** Sends a text from a phone to one of our addresses, through the real webhook. Resolves once it was answered. */
  text(message: {
    readonly from: Address;
    readonly to: Address;
    readonly text: string;
    readonly media?: readonly Media[];
  }): Promise<{ readonly providerId: string; readonly answered: number }>;
  /** Keeps a picture and gives the URL at which this server's emulator serves it. */
  upload(media: { readonly contentType: string; readonly data: Uint8Array }): Promise<Media>;
  /** What a phone shows with one address of ours, oldest first. */
  thread(ours: Address, theirs: Address): readonly HandsetMessage[];
  /** Calls `listener` at every message and status change, until the answer is called. */
  subscribe(listener: (message: HandsetMessage) => void): () => void;
}

/** A message as a phone shows it. */
export interface HandsetMessage {
  readonly providerId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly ours: Address;
  readonly theirs: Address;
  readonly text: string;
  readonly media: readonly Media[];
  readonly at: number;
  /** The provider's status word. */
  readonly providerStatus: string;
  readonly code?: string;
}

/** For transports: the registry's codes of webhooks. */
export type WebhookErrorCode = Extract<ErrorCode, `error.platform.webhook.${string}`>;
