import type { ActivityRecord } from './activity.ts';
import type { ActorPatch, ActorProfile } from './actor.ts';
import type { Address, ConversationKey } from './address.ts';
import type { Halted, ParkedEvent } from './document.ts';
import type { TimerId } from './host/document.ts';
import type { MessageId, MessageRecord } from './message.ts';
import type { Organization } from './organization.ts';
import type { ActorFacts } from './plugin.ts';
import type { Erased } from './storage.ts';
import type {
  Emulator,
  Explanation,
  FetchedMedia,
  TransportContext,
  WebhookReply,
  WebhookRequest,
} from './transport.ts';
import type { ConflictRule } from './turn.ts';

/** Runs an organization: takes in webhooks, timers and tasks, and sends what its bots say. */
export interface Engine {
  readonly organization: Organization;

  /** Where the world reaches the server that runs it, without a slash at the end; known from the start on. */
  readonly publicUrl: string;

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
   * Starts a bot with somebody, as if a text had triggered it. Resolves to the journey that is running now, and whether
   * it is a new one.
   *
   * @throws `error.platform.app.unknown`, `error.platform.bot.unknown`, `error.platform.journey.running`,
   * `error.platform.conversation.handed-over`, `error.platform.conversation.halted`
   */
  startJourney(request: StartJourney): Promise<{ readonly journey: string; readonly started: boolean }>;

  /**
   * Lets the journey that is running last at least until `by` milliseconds from now.
   *
   * @throws `error.platform.journey.none`, `error.platform.journey.too-long`, `error.platform.conversation.unknown`
   */
  extendJourney(conversation: ConversationKey, by: number): Promise<{ readonly expiresAt: number }>;

  /**
   * Ends the journey that is running, and drops all that is parked in the conversation.
   *
   * @throws `error.platform.journey.none`, `error.platform.conversation.unknown`
   */
  endJourney(conversation: ConversationKey): Promise<void>;

  /**
   * Sends a text of the app's own, outside of any bot. Resolves once it is stored; `at` is when it leaves, if that is not at once: plugins may
   * have moved it.
   *
   * @throws `error.platform.app.unknown`, `error.platform.address.malformed`, `error.platform.request.malformed`,
   * `error.platform.message.empty`, `error.platform.message.too-long`, `error.platform.message.too-many-media`
   */
  notify(request: Notify): Promise<{ readonly message: MessageId; readonly at?: number }>;

  /**
   * Says nothing more to a person for now: ends the journeys that are running with them and takes back what has not left, in all apps or those
   * that are named. Resolves when nothing of it can leave any more, or a provider has taken longer than 5 seconds. What is
   * said from then on is for policies to stop.
   */
  silence(request: Silence): Promise<void>;

  /**
   * Takes back a message that has not left: a scheduled one, or one that a policy has deferred. It fails with
   * `error.platform.send.cancelled`. Resolves to whether it was in time.
   */
  cancel(message: MessageId): Promise<{ readonly cancelled: boolean }>;

  /**
   * Asks the provider how a message is getting on, and takes in what it says as if it had called. Resolves to the message as it is
   * known then. Nothing is asked of messages that the provider has not accepted, or where it can not be asked.
   *
   * @throws `error.platform.message.unknown`, and what the transport throws
   */
  refreshMessage(message: MessageId): Promise<MessageRecord>;

  /**
   * Sends a message that has failed once more, as a new message that policies look at like at any other.
   *
   * @param options `at`: not before this moment.
   * @throws `error.platform.message.unknown`, `error.platform.message.not-failed`
   */
  resendMessage(message: MessageId, options?: { readonly at?: number }): Promise<{ readonly message: MessageId }>;

  /**
   * Fetches a picture or file of a message that a person has sent, with the account's credentials and from the provider's own hosts only.
   *
   * @param index which of its media, from 0 on.
   * @param options `limit`: how many bytes at most, default 16 MiB.
   * @throws `error.platform.message.unknown`, `error.platform.media.refused`, `error.platform.media.too-large`,
   * `error.platform.media.unavailable`
   */
  fetchMedia(message: MessageId, index: number, options?: { readonly limit?: number }): Promise<FetchedMedia>;

  /** What the provider of a message means by an error code; `undefined` when nobody knows. */
  explain(message: Pick<MessageRecord, 'app'>, code: string): Explanation | undefined;

  /**
   * Gives a conversation to people, as a bot can by `handoff`: bots hear nothing of it until `resume`.
   *
   * @throws `error.platform.conversation.unknown`
   */
  handOver(conversation: ConversationKey, request: { readonly to: string; readonly note?: string }): Promise<void>;

  /**
   * Says something to a person as a person.
   *
   * @param request `name`: who says it, for the message log.
   * @throws `error.platform.conversation.unknown`, `error.platform.message.empty`, `error.platform.message.too-long`,
   * `error.platform.message.too-many-media`
   */
  reply(conversation: ConversationKey, request: Reply): Promise<{ readonly message: MessageId }>;

  /**
   * Has a timer of a preview app fire before its time.
   *
   * @throws `error.platform.app.not-preview`, `error.platform.journey.no-such-timer`, `error.platform.conversation.unknown`
   */
  fireTimer(conversation: ConversationKey, timer: TimerId): Promise<void>;

  /**
   * Has time pass for one conversation of a preview app, as far as it waits for anything: timers, tasks, what is scheduled, the end of its
   * journey. Policies go by the time that it is.
   *
   * @param by in milliseconds.
   * @throws `error.platform.app.not-preview`, `error.platform.conversation.unknown`, `error.platform.request.malformed`
   */
  skipAhead(conversation: ConversationKey, by: number): Promise<void>;

  /**
   * Has a task of a preview app that waits for another attempt begin it at once.
   *
   * @throws `error.platform.app.not-preview`, `error.platform.journey.no-such-task`, `error.platform.conversation.unknown`
   */
  retryTask(conversation: ConversationKey, task: string): Promise<void>;

  /**
   * Gives a conversation that was handed to people back to its bot.
   *
   * @throws `error.platform.conversation.unknown`
   */
  resume(conversation: ConversationKey): Promise<void>;

  /** The conversations in which something could not be taken in, by key: `limit` (default 100) of them after the key `after`. */
  parked(query?: {
    readonly app?: string;
    readonly after?: ConversationKey;
    readonly limit?: number;
  }): Promise<readonly ParkedConversation[]>;

  /**
   * Takes in again what was parked, oldest first, up to the first that fails once more: after a bot was mended and deployed.
   *
   * @param options `event`: only the one with this id.
   * @throws `error.platform.parked.unknown`, `error.platform.conversation.unknown`, `error.platform.conversation.handed-over`
   */
  retryParked(conversation: ConversationKey, options?: { readonly event?: string }): Promise<{ readonly left: number }>;

  /**
   * Drops what was parked and lets the conversation go on with what comes next.
   *
   * @param options `event`: only the one with this id.
   * @throws `error.platform.parked.unknown`, `error.platform.conversation.unknown`
   */
  skipParked(conversation: ConversationKey, options?: { readonly event?: string }): Promise<{ readonly left: number }>;

  /**
   * Forgets a person: their conversations under every channel, messages, activity, profile, and what plugins keep of them
   * but for proofs such as that of an opt-out. Totals stay, as they name nobody. What the configuration says of a person is
   * yours to remove.
   */
  eraseActor(address: Address): Promise<Erased>;

  /** What is known of a person: their profile, and what plugins keep. */
  describeActor(address: Address): Promise<{
    readonly profile: ActorProfile;
    readonly plugins: readonly (ActorFacts & { readonly plugin: string })[];
  }>;

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
  /**
   * What to do when a journey is running. `use` (default): it goes on, and nothing is started. `replace`: it ends, whoever has
   * the conversation. `refuse`: an error.
   */
  readonly conflict?: ConflictRule;
}

/** A conversation that somebody has to look at. */
export interface ParkedConversation {
  readonly conversation: ConversationKey;
  readonly app: string;
  /** What could not be taken in, oldest first. */
  readonly events: readonly ParkedEvent[];
  /** Why the whole conversation stands still, if it does. */
  readonly halted?: Halted;
}

/** Who is not to hear anything more, and why: the code and the reason of the messages that are taken back. */
export interface Silence {
  readonly to: Address;
  /** Ids. Default: all. */
  readonly apps?: readonly string[];
  readonly code: string;
  readonly reason: string;
}

/** What a person says in a conversation. */
export interface Reply {
  readonly name: string;
  readonly text: string;
  readonly media?: MessageRecord['media'];
}

export interface Notify {
  readonly app: string;
  readonly to: string;
  /** Names what kind of notification it is, for the message log. */
  readonly name: string;
  readonly text: string;
  readonly media?: MessageRecord['media'];
  /** Texts that leave right after it and in this order, each as a message of its own. Stored together, or not at all. */
  readonly further?: readonly { readonly text: string; readonly id?: MessageId }[];
  /** Default `informational`. */
  readonly category?: MessageRecord['category'];
  /** Not before this moment, milliseconds since the epoch; until then it can be cancelled. Default: at once. */
  readonly at?: number;
  /** How long it is of use from then on, in milliseconds; later it fails instead. Default: until it has been tried for 10 hours. */
  readonly validFor?: number;
  /** The id that its message is to have: asked for twice, it is one message. From `PluginContext.newId`. Default: a new one. */
  readonly id?: MessageId;
}

/** Something that just became true. */
export type News =
  | { readonly kind: 'message'; readonly message: MessageRecord }
  | { readonly kind: 'activity'; readonly activity: ActivityRecord };
