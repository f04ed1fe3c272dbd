import type { ActivityRecord } from './activity.ts';
import type { ActorPatch, ActorProfile } from './actor.ts';
import type { Address, ConversationKey } from './address.ts';
import type { Organization } from './define.ts';
import type { MessageId, MessageRecord } from './message.ts';
import type { Emulator, TransportContext, WebhookReply, WebhookRequest } from './transport.ts';

/** Runs an organization: takes in webhooks, timers and tasks, and sends what its bots say. */
export interface Engine {
  readonly organization: Organization;

  /** Opens the storage, the transports and the plugins, then takes up whatever is due. */
  start(options: StartOptions): Promise<void>;

  /**
   * Takes nothing new in, finishes what is under way as far as `grace` milliseconds allow (default 10,000), gives the rest back
   * for the next process, and closes everything.
   */
  stop(options?: { readonly grace?: number }): Promise<void>;

  /** Whether webhooks are taken in: the storage answers, and nobody has called `stop`. */
  ready(): Promise<boolean>;

  /**
   * Takes in one webhook: verifies, parses, commits. Resolves to the answer as soon as everything is on disk and
   * before any work on a reply.
   *
   * @param transport its key in the organization.
   * @throws a `ParleyError` whose `status` is the HTTP status to answer with.
   */
  receive(transport: string, request: WebhookRequest): Promise<WebhookReply>;

  /**
   * Starts a bot with somebody, as if a text had triggered it.
   *
   * @throws `error.platform.app.unknown`, `error.platform.bot.unknown`, `error.platform.journey.running`
   */
  startJourney(request: StartJourney): Promise<{ readonly journey: string }>;

  /** Sends a text of the app's own, outside of any bot. Resolves once it is stored. */
  notify(request: Notify): Promise<{ readonly message: MessageId }>;

  /** Gives a conversation that was handed to people back to its bot. */
  resume(conversation: ConversationKey): Promise<void>;

  /** Changes what is known of a person. */
  updateActor(address: Address, patch: ActorPatch): Promise<ActorProfile>;

  /** Calls `listener` at every message, status change and activity, until the answer is called. */
  subscribe(listener: (news: News) => void): () => void;

  /** @throws `error.platform.transport.no-emulator` unless the transport is emulated. */
  emulator(transport: string): Emulator;

  /** Resolves when nothing is left to do but what waits for time or for texts. */
  idle(): Promise<void>;
}

export interface StartOptions {
  /** Where the server listens, without a slash at the end. */
  readonly localUrl: string;
  /** Where the world reaches it. Default: `localUrl`; the organization's own `publicUrl` goes before both. */
  readonly publicUrl?: string;
  /** Default `never`. */
  readonly emulate?: TransportContext['emulate'];
}

export interface StartJourney {
  readonly app: string;
  readonly to: string;
  readonly bot: string;
  /** Goes into the machine's input as `data`. Plain JSON. */
  readonly data?: unknown;
  /** What to do when a journey is running: default `refuse`. */
  readonly conflict?: 'refuse' | 'replace';
}

export interface Notify {
  readonly app: string;
  readonly to: string;
  /** Names what kind of notification it is, for the message log. */
  readonly name: string;
  readonly text: string;
  readonly media?: MessageRecord['media'];
  /** Default `informational`. */
  readonly category?: MessageRecord['category'];
}

/** Something that just became true. */
export type News =
  | { readonly kind: 'message'; readonly message: MessageRecord }
  | { readonly kind: 'activity'; readonly activity: ActivityRecord };
