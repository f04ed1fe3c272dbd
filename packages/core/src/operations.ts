import { type Address, type ConversationKey, conversationKey, address as toAddress } from './address.ts';
import { type AppRuntime, requireBot } from './app-runtime.ts';
import type { Saying } from './draft.ts';
import type { Engine } from './engine-contract.ts';
import { ParleyError } from './errors.ts';
import type { Inbox } from './inbox.ts';
import type { MessageId, MessageOrigin, MessageRecord } from './message.ts';
import type { PluginDriver } from './plugin-driver.ts';
import { type Profiles, personOf } from './profiles.ts';
import type { Quieting } from './quieting.ts';
import type { Clock } from './runtime.ts';
import type { Storage } from './storage.ts';
import type { Transport } from './transport.ts';
import type { TurnEvent, TurnResult } from './turn.ts';
import type { TurnTaker } from './turn-taker.ts';

/** What programs and operators ask of an engine that is running. */
export type Operations = Pick<
  Engine,
  | 'startJourney'
  | 'extendJourney'
  | 'endJourney'
  | 'notify'
  | 'silence'
  | 'cancel'
  | 'refreshMessage'
  | 'resendMessage'
  | 'fetchMedia'
  | 'explain'
  | 'handOver'
  | 'reply'
  | 'fireTimer'
  | 'skipAhead'
  | 'retryTask'
  | 'resume'
  | 'parked'
  | 'retryParked'
  | 'skipParked'
  | 'describeActor'
  | 'updateActor'
  | 'eraseActor'
>;

export interface OperationsOptions {
  readonly apps: readonly AppRuntime[];
  readonly storage: Storage;
  readonly transports: Readonly<Record<string, Transport>>;
  readonly plugins: PluginDriver;
  readonly profiles: () => Profiles;
  readonly turn: TurnTaker;
  readonly learn: Inbox['learn'];
  readonly quieting: Quieting;
  readonly clock: Clock;
  /** @throws `error.platform.engine.stopped` */
  readonly requireRunning: () => void;
  /** Has the engine's stop wait for what somebody has asked for. */
  readonly underWay: <Result>(work: Promise<Result>) => Promise<Result>;
}

/** How long a provider may take to say how a message is getting on, in milliseconds. */
const ASKING = 20_000;

/** The largest that any channel of Twilio takes, in bytes: 16 MB over WhatsApp. */
const LARGEST_MEDIA = 16 * 1024 * 1024;

type Taken = Extract<TurnResult, { kind: 'taken' }>;

export function createOperations(options: OperationsOptions): Operations {
  const { apps, storage, transports, plugins, profiles, turn, learn, quieting, clock, requireRunning, underWay } =
    options;

  function requireApp(id: string): AppRuntime {
    const app = apps.find((one) => one.app.id === id);
    if (app !== undefined) return app;
    throw new ParleyError('error.platform.app.unknown', { app: id, known: apps.map((one) => one.app.id).join(', ') });
  }

  async function turnOf(key: ConversationKey, event: TurnEvent, app = appOf(apps, key)): Promise<Taken> {
    requireRunning();
    const result = app && (await underWay(turn(key, event, app)));
    if (result?.kind !== 'taken') throw new ParleyError('error.platform.conversation.unknown');
    return result;
  }

  function turnAt(app: AppRuntime, to: string, event: TurnEvent): Promise<Taken> {
    return turnOf(conversationKey(app.app.address, toAddress(to)), event, app);
  }

  /** When a notification that is scheduled is to leave. */
  async function planned(
    { app }: AppRuntime,
    to: Address,
    at: number | undefined,
    record: Pick<MessageRecord, 'category' | 'origin'>,
  ): Promise<number | undefined> {
    const now = clock.now();
    if (at === undefined || at <= now || !plugins.has('planOutbound')) return at;
    return plugins.plan(at, { app, actor: await profiles().get(to), record, now });
  }

  async function messageOf(id: MessageId): Promise<MessageRecord> {
    const message = await storage.messages.get(id);
    if (message === undefined) throw new ParleyError('error.platform.message.unknown');
    return message;
  }

  function transportOf({ app }: Pick<MessageRecord, 'app'>): Transport | undefined {
    const name = apps.find((one) => one.app.id === app)?.app.transport;
    return name === undefined ? undefined : transports[name];
  }

  return {
    async startJourney({ app: id, to, bot, data, conflict = 'use' }) {
      requireThat(['use', 'replace', 'refuse'].includes(conflict), 'conflict is use, replace or refuse');
      const app = requireApp(id);
      requireBot(app, bot);
      const event: TurnEvent = { kind: 'start', bot, conflict, ...(data === undefined ? {} : { data }) };
      const { journey, started = false } = await turnAt(app, to, event);
      return { journey: journey as string, started };
    },

    async extendJourney(key, by) {
      requireThat(Number.isFinite(by) && by > 0, 'extendJourney takes a number of milliseconds above 0');
      const { document } = await turnOf(key, { kind: 'prolong', by });
      return { expiresAt: document.journey?.expiresAt as number };
    },

    async endJourney(key) {
      await turnOf(key, { kind: 'end' });
    },

    async notify({ app: appId, to, name, text, media = [], further = [], category = 'informational', ...rest }) {
      const { validFor, id } = rest;
      requireThat(typeof text === 'string', 'notify takes a text');
      requireRunning();
      const app = requireApp(appId);
      const person = toAddress(to);
      const origin: MessageOrigin = { kind: 'notification', name };
      const at = await planned(app, person, rest.at, { category, origin });
      const common: Omit<Saying, 'text' | 'media'> = {
        ...{ category, origin },
        ...(at === undefined ? {} : { at }),
        ...(validFor === undefined ? {} : { validFor }),
      };
      const saying: Saying = { ...common, text, media, ...(id === undefined ? {} : { id }) };
      const afterwards = further.map((one): Saying => ({ ...common, media: [], ...one }));
      const key = conversationKey(app.app.address, person);
      const once = id === undefined ? undefined : `notify:${id}`;
      const result = await underWay(turn(key, { kind: 'say', saying, further: afterwards }, app, once));
      const message = (result.kind === 'taken' ? result.message : id) as MessageId;
      return { message, ...(at === undefined ? {} : { at }) };
    },

    async silence({ to, apps: ids, code, reason }) {
      requireRunning();
      const meant = ids === undefined ? apps : ids.map(requireApp);
      const silenceIn = async (app: AppRuntime) => {
        const event: TurnEvent = { kind: 'silence', code, reason };
        const result = await turn(conversationKey(app.app.address, to), event, app);
        if (result.kind === 'taken') await quieting(result.document);
      };
      await underWay(Promise.all(meant.map(silenceIn)));
    },

    async cancel(id) {
      requireRunning();
      const message = await storage.messages.get(id);
      if (message === undefined || message.status !== 'pending') return { cancelled: false };
      const { cancelled = false } = await turnOf(message.conversation, { kind: 'cancel', message: id });
      return { cancelled };
    },

    async refreshMessage(id) {
      requireRunning();
      const message = await messageOf(id);
      const { providerId } = message;
      const transport = transportOf(message);
      if (providerId === undefined || transport?.status === undefined) return message;
      const signal = AbortSignal.timeout(ASKING);
      const status = await underWay(transport.status(providerId, { signal }));
      if (status === undefined) return message;
      await learn({ messageId: id, update: { ...status, providerId, at: clock.now(), source: 'asked' } });
      return messageOf(id);
    },

    async resendMessage(id, { at } = {}) {
      requireRunning();
      const message = await messageOf(id);
      if (message.status !== 'failed') {
        throw new ParleyError('error.platform.message.not-failed', { status: message.status });
      }
      const event: TurnEvent = { kind: 'resend', message, ...(at === undefined ? {} : { at }) };
      const { message: again } = await turnOf(message.conversation, event);
      return { message: again as MessageId };
    },

    async fetchMedia(id, index, { limit = LARGEST_MEDIA } = {}) {
      requireRunning();
      const message = await messageOf(id);
      const media = message.direction === 'inbound' ? message.media[index] : undefined;
      const transport = transportOf(message);
      if (media === undefined || transport?.fetchMedia === undefined) {
        throw new ParleyError('error.platform.media.unavailable', { reason: 'there is none to be had' });
      }
      return underWay(transport.fetchMedia(media, { limit, signal: AbortSignal.timeout(ASKING) }));
    },

    explain: (message, code) => transportOf(message)?.explain?.(code),

    async handOver(key, { to, note }) {
      requireThat(to !== '', 'handOver takes the name of whom the conversation goes to');
      await turnOf(key, { kind: 'hand-over', to, ...(note === undefined ? {} : { note }) });
    },

    async reply(key, { name, text, media = [] }) {
      requireThat(typeof text === 'string', 'reply takes a text');
      const saying: Saying = { text, media, category: 'conversational', origin: { kind: 'person', name } };
      if ((await storage.conversations.get(key)) === undefined) {
        throw new ParleyError('error.platform.conversation.unknown');
      }
      const { message } = await turnOf(key, { kind: 'say', saying });
      return { message: message as MessageId };
    },

    async skipAhead(key, by) {
      requireThat(Number.isFinite(by) && by > 0, 'skipAhead takes a number of milliseconds above 0');
      await turnOf(key, { kind: 'pass', by });
    },

    async fireTimer(key, timer) {
      await turnOf(key, { kind: 'fire', timer });
    },

    async retryTask(key, task) {
      await turnOf(key, { kind: 'retry-task', task });
    },

    async resume(key) {
      await turnOf(key, { kind: 'resume' });
    },

    async parked({ app, after, limit = 100 } = {}) {
      requireRunning();
      const documents = await storage.conversations.list({
        parked: true,
        limit,
        ...(app === undefined ? {} : { app }),
        ...(after === undefined ? {} : { after }),
      });
      return documents.map(({ key, app: id, parked = [], halted }) => ({
        conversation: key,
        app: id,
        events: parked,
        ...(halted === undefined ? {} : { halted }),
      }));
    },

    async retryParked(key, { event } = {}) {
      const { document } = await turnOf(key, { kind: 'retry', ...(event === undefined ? {} : { event }) });
      return { left: document.parked?.length ?? 0 };
    },

    async skipParked(key, { event } = {}) {
      const { document } = await turnOf(key, { kind: 'skip', ...(event === undefined ? {} : { event }) });
      return { left: document.parked?.length ?? 0 };
    },

    async describeActor(address) {
      requireRunning();
      const [profile, known] = await Promise.all([profiles().get(address), plugins.describeActor(address)]);
      return { profile, plugins: known };
    },

    async updateActor(address, patch) {
      requireRunning();
      const profile = await underWay(profiles().patch(address, patch));
      for (const app of apps) await turn(conversationKey(app.app.address, address), { kind: 'actor', profile }, app);
      return profile;
    },

    async eraseActor(address: Address) {
      requireRunning();
      const person = personOf(toAddress(address));
      const erase = async () => {
        const erased = await storage.erase(person);
        // After the conversations: what one of them had learned must not come back into the profile.
        await profiles().forget(address);
        await plugins.eraseActor(person);
        return erased;
      };
      return underWay(erase());
    },
  };
}

/** @throws `error.platform.request.malformed` */
function requireThat(isRight: boolean, problem: string): void {
  if (!isRight) throw new ParleyError('error.platform.request.malformed', { problem });
}

/** The app that a conversation belongs to. */
export function appOf(apps: readonly AppRuntime[], key: ConversationKey): AppRuntime | undefined {
  requireThat(
    typeof key === 'string',
    'a conversation is named by its key, such as conversationKey(ours, theirs) gives',
  );
  return apps.find(({ app }) => key.startsWith(`${app.address}/`));
}
