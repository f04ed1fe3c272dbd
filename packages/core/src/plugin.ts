import type { IncomingMessage as HttpRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import type Router from '@koa/router';
import type Keyv from 'keyv';
import type { ActivityRecord } from './activity.ts';
import type { ActorProfile } from './actor.ts';
import type { Address } from './address.ts';
import type { App } from './app.ts';
import type { Bot } from './bot.ts';
import type { Engine } from './engine-contract.ts';
import type { MessageRecord, MessageStatus, VerdictSource } from './message.ts';
import type { Organization } from './organization.ts';
import type { Clock, Log } from './runtime.ts';
import type { MessageStore } from './storage.ts';
import type { IncomingMessage, OutgoingMessage, SendOptions, SendReceipt } from './transport.ts';

/**
 * A plugin: a named object of optional hooks, made by a factory such as `tcpa({…})`. Plugins are set up in the
 * order of the organization's `plugins`, and closed in the opposite one.
 */
export interface Plugin extends Partial<Hooks> {
  /** Unique in an organization; names the plugin's storage, its routes and its log lines. */
  readonly name: string;
  /** Names of plugins that have to come before this one. */
  readonly dependsOn?: readonly string[];
  /**
   * `opt-out`: its interceptor runs ahead of all others and its check after all others. `limit`: its check counts or claims, so
   * it is asked after the other policies and only about a message that none of them holds back.
   */
  readonly enforce?: 'opt-out' | 'limit';
  /**
   * The statuses of messages that `observeMessage` is told of. Default: all. Fewer spare every send that nobody else listens to a read of
   * its record.
   */
  readonly observedStatuses?: readonly MessageStatus[];
  /** What `parley <name> <command>` does, by the command's name. */
  readonly commands?: Readonly<Record<string, PluginCommand>>;
  /** Awaited before the first message. Throwing stops the start, with the plugin's name. */
  setup?(context: PluginContext): void | Promise<void>;
  /**
   * Takes a request to speak another protocol, such as a WebSocket, at a path under `/plugins/<name>`. What it throws is the answer. From
   * the end of `setup` on.
   */
  upgrade?(request: UpgradeRequest): void | Promise<void>;
  close?(): void | Promise<void>;
}

/** A request to speak another protocol than HTTP on its connection, as Node.js has it. */
export interface UpgradeRequest {
  readonly request: HttpRequest;
  /** The connection; whoever takes the request answers it and ends it. */
  readonly socket: Duplex;
  /** What the client has sent ahead. */
  readonly head: Buffer;
  /** What follows `/plugins/<name>`, with the query: `/socket?…`. */
  readonly path: string;
  /** The IP address of who asks, as far as proxies can be believed. */
  readonly remoteAddress: string;
  /** Aborted when the server stops: what is said by then has to be enough. */
  readonly signal: AbortSignal;
}

/** Something that people ask of a plugin on the command line. */
export interface PluginCommand {
  /** What it takes, for the help: `<number> [--at <time>]`. */
  readonly usage: string;
  /** What it does, in a line. */
  readonly summary: string;
  /**
   * @param args what follows the command's name.
   * @returns the exit code: 0 for yes and done, 1 for no.
   * @throws `error.platform.command-line.malformed` at arguments that make no sense.
   */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}

/** What a command may use. No engine is running: nothing is sent and nothing taken in. */
export interface CommandContext {
  readonly organization: Organization;
  /** The plugin's own data. The storage is opened when this is first asked for, and closed after the command. */
  readonly data: () => Promise<Pick<PluginContext, 'keyv' | 'claim' | 'release'>>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Where answers go. */
  readonly output: { write(text: string): unknown };
  /** What is piped in. */
  readonly input: AsyncIterable<Uint8Array>;
}

/** What a plugin may use from its `setup` on. */
export interface PluginContext {
  readonly organization: Organization;
  /** The plugin's own data. */
  readonly keyv: Keyv;
  /** Takes a key among this plugin's own; see `Storage.claim`. */
  readonly claim: (key: string, owner: string, ttl: number) => Promise<string>;
  /** Gives a claim back; see `Storage.release`. */
  readonly release: (key: string, owner: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** A new id, unique across processes. */
  readonly newId: () => string;
  /** Sends a text of an app's own; see `Engine.notify`. From the end of `setup` on: until then the engine has not started. */
  readonly notify: Engine['notify'];
  /** The message log, to read. */
  readonly messages: Pick<MessageStore, 'get' | 'getByProviderId' | 'list' | 'totals'>;
  /** What an engine can do with messages; from the end of `setup` on, like `notify`. */
  readonly refreshMessage: Engine['refreshMessage'];
  readonly resendMessage: Engine['resendMessage'];
  readonly explain: Engine['explain'];
  readonly silence: Engine['silence'];
  readonly updateActor: Engine['updateActor'];
  /** What the organization knows of a person. */
  readonly actor: (address: Address) => Promise<ActorProfile>;
  /** Routes under `/plugins/<name>`, served when a server runs the engine. */
  readonly router: Router;
}

/** Every hook, with its kind; {@link hookKinds} holds the same kinds as data. */
export interface Hooks {
  /**
   * Kind: first claim wins. Sees an inbound text before any bot; returning a claim keeps it from them. The text is in
   * the message log either way. Runs before the text is committed, so that what a plugin stores is durable before
   * the provider is answered.
   */
  interceptInbound(message: InboundView): Claim | undefined | Promise<Claim | undefined>;

  /** Kind: sequential. Changes the text of a message on its way out; each plugin gets what the one before made. */
  rewriteOutbound(text: string, message: OutboundView): string | Promise<string>;

  /**
   * Kind: sequential. A notification is scheduled for later: says when it is better to leave, each plugin with what the one before has said.
   * Policies look at it at its time in any case; this is for what can only be done ahead, such as leaving the evening before.
   */
  planOutbound(at: number, message: PlannedView): number | Promise<number>;

  /**
   * Kind: gate. Runs after all rewrites and again at every wake-up, right before the send. Nothing lets the message go;
   * the first denial wins, else the latest deferral; every verdict is kept with the message. One that throws makes the message wait and be checked again.
   * Must be idempotent by `message.id`.
   */
  checkOutbound(message: OutboundView): Verdict | undefined | Promise<Verdict | undefined>;

  /** Kind: onion. Wraps one attempt of the transport; the first plugin is the outermost. */
  aroundSend(message: OutgoingMessage, options: SendOptions, next: () => Promise<SendReceipt>): Promise<SendReceipt>;

  /**
   * Kind: every. Forgets a person, by their number without a channel; what has to be kept as a proof, of an opt-out say, may
   * stay. One that throws fails the whole request, which can be made again.
   */
  eraseActor(person: string): void | Promise<void>;

  /** Kind: every. What is known here of a person, for people to see: consents, an opt-out. Nothing if nothing is. */
  describeActor(person: Address): ActorFacts | undefined | Promise<ActorFacts | undefined>;

  /**
   * Kind: every. What `parley check` is to warn of in an app: words of its bots that this plugin takes, texts that it will
   * refuse. Runs nothing and needs no `setup`.
   */
  lint(app: App): readonly LintWarning[];

  /** Kind: observe. A message was received, said, or changed its status. */
  observeMessage(message: MessageRecord): void | Promise<void>;

  /** Kind: observe. Something happened in a conversation. */
  observeActivity(activity: ActivityRecord): void | Promise<void>;
}

/** An inbound text, as interceptors see it. */
export interface InboundView {
  readonly app: App;
  readonly message: IncomingMessage;
}

/** An outgoing message, as rewrites and checks see it. */
export interface OutboundView {
  readonly app: App;
  readonly actor: ActorProfile;
  /** With the text as rewritten so far. */
  readonly message: OutgoingMessage;
  /** The logged original. */
  readonly record: Pick<MessageRecord, 'id' | 'category' | 'text' | 'at' | 'origin'>;
  /** When a text of the person was last taken in. */
  readonly heardAt?: number;
  readonly now: number;
}

/** What a plugin knows of a person: a heading, and lines of it. */
export interface ActorFacts {
  readonly title: string;
  readonly facts: readonly {
    readonly label: string;
    readonly value: string;
    /** When, milliseconds since the epoch. */
    readonly at?: number;
    /** Whether it is good or bad news for whoever wants to text them. Default `neutral`. */
    readonly tone?: 'good' | 'bad' | 'neutral';
  }[];
}

/** Something in a bot that a plugin will not get along with. */
export interface LintWarning {
  /** `keyword-taken`, `repeats`: lower-case words with dashes, by which a state silences it: `meta: { parleyIgnore: ['repeats'] }`, see `lintApps`. */
  readonly rule: string;
  readonly bot?: Pick<Bot, 'id' | 'version'>;
  /** The state, as XState writes its id. */
  readonly state?: string;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
}

/** A notification that is scheduled, as planners see it. */
export interface PlannedView {
  readonly app: App;
  readonly actor: ActorProfile;
  readonly record: Pick<MessageRecord, 'category' | 'origin'>;
  readonly now: number;
}

/** An interceptor has dealt with the text. */
export interface Claim {
  /** What to answer, if anything. Its origin is the plugin. */
  readonly reply?: string;
  /** How long the answer is of use, in milliseconds. Default: until it has been tried for 10 hours. */
  readonly replyWithin?: number;
  /** Ends the journey that is under way. */
  readonly endJourney?: boolean;
  /** Takes back all that is said in the conversation and has not left, and waits for what is leaving at this moment. */
  readonly cancel?: { readonly code: string; readonly reason: string };
}

/** What a policy says about an outgoing message. */
export type Verdict =
  /** It may go as far as this policy is concerned, for a reason that has to be on record. */
  | (VerdictSource & { readonly kind: 'allow'; readonly code?: string; readonly reason?: string })
  | (VerdictSource & { readonly kind: 'deny'; readonly code: string; readonly reason: string })
  | (VerdictSource & {
      readonly kind: 'defer';
      readonly until: number;
      readonly code: string;
      readonly reason?: string;
    });

/** How the hooks of one name are run; a runner accepts only hooks of its kind. */
export type HookKind = 'first' | 'sequential' | 'gate' | 'onion' | 'every' | 'observe';

/** Each hook's kind. A hook that is missing here does not compile. */
export const hookKinds = {
  interceptInbound: 'first',
  rewriteOutbound: 'sequential',
  planOutbound: 'sequential',
  checkOutbound: 'gate',
  aroundSend: 'onion',
  eraseActor: 'every',
  describeActor: 'every',
  lint: 'every',
  observeMessage: 'observe',
  observeActivity: 'observe',
} as const satisfies Record<keyof Hooks, HookKind>;

/** The names of the hooks of one kind. */
export type HookOf<Kind extends HookKind> = {
  [Name in keyof Hooks]: (typeof hookKinds)[Name] extends Kind ? Name : never;
}[keyof Hooks];
