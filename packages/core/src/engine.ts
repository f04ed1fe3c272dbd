import { type ConversationKey, conversationKey, maskKey, address as toAddress } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import { createAppRuntime, requireBot } from './app-runtime.ts';
import type { Organization } from './define.ts';
import { createDispatcher } from './dispatcher.ts';
import type { Engine, Notify, StartJourney, StartOptions } from './engine-contract.ts';
import { codeOf, ParleyError } from './errors.ts';
import { createFeed } from './feed.ts';
import { createInbox } from './inbox.ts';
import type { MessageId } from './message.ts';
import { createPluginDriver, type PluginRuntime } from './plugin-driver.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import type { Runtime } from './runtime.ts';
import { createScheduler } from './scheduler.ts';
import type { Storage } from './storage.ts';
import { createTaskRunner } from './task-runner.ts';
import type { Transport } from './transport.ts';
import type { TurnEvent, TurnResult } from './turn.ts';
import { createTurnTaker } from './turn-taker.ts';
import { WorkInProgress } from './work-in-progress.ts';

/** How patient an engine is; all in milliseconds. */
export interface EngineOptions {
  /** How long one attempt to send may take. Default 20,000. */
  readonly sendTimeout?: number;
  /** How long a task may take. Default 60,000. */
  readonly taskTimeout?: number;
  /**
   * For how long a process that has died keeps others from going on with its work. Default 30,000, and at least 5,000
   * more than `sendTimeout`: nobody begins a send that its lease could not see the end of.
   */
  readonly lease?: number;
  /**
   * The longest time between two looks for work that other processes have left. Default 5,000; 30,000 if the storage tells of
   * what they commit; 20 days if it is exclusive.
   */
  readonly longestSleep?: number;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** How many conversations are taken over at a time. */
const BATCH = 500;

/** Between two tries to write what must be written, while the storage is away. */
const STORAGE_RETRY = SECOND;

/**
 * Makes the engine of an organization. Nothing happens before `start`.
 *
 * @throws `error.platform.bot.not-durable`, `error.platform.plugin.duplicate`,
 * `error.platform.plugin.missing-dependency`
 */
export function createEngine(
  organization: Organization,
  runtime: Runtime & PluginRuntime,
  {
    sendTimeout = 20 * SECOND,
    taskTimeout = 60 * SECOND,
    lease: wantedLease = 30 * SECOND,
    longestSleep = longestSleepOn(organization.storage),
  }: EngineOptions = {},
): Engine {
  const { storage, transports } = organization;
  const { clock, log } = runtime;
  const lease = Math.max(wantedLease, sendTimeout + 5 * SECOND);
  const owner = runtime.newId();
  const apps: readonly AppRuntime[] = organization.apps.map(createAppRuntime);
  const plugins = createPluginDriver(organization.plugins, log);
  const inProgress = new WorkInProgress(log);
  const track = (work: Promise<unknown>): void => inProgress.add(work);
  const feed = createFeed(plugins, log, track);
  let profiles: Profiles;
  /** Where the world reaches this server; known from the start on. */
  let reachedAt = organization.publicUrl ?? '';
  let state: 'new' | 'running' | 'stopped' = 'new';
  let unwatch: (() => void) | undefined;
  /** Once stopped: the conversations that may be under a lease of ours. */
  const held = new Set<ConversationKey>();

  const turn = createTurnTaker({
    conversations: storage.conversations,
    runtime,
    profiles: { get: (address) => profiles.get(address) },
    workerFor: (key) => ({
      owner,
      alone: storage.exclusive,
      dispatching: dispatcher.isSending(key),
      running: (task) => tasks.isRunning(key, task),
      sendLease: lease,
      taskLease: taskTimeout + lease,
    }),
    committed(commit, app) {
      if (state === 'stopped') held.add(commit.document.key);
      scheduler.notice(commit.document.dueAt);
      dispatcher.committed(commit.document, app);
      tasks.committed(commit.document, app);
      feed.announce(commit);
      for (const { id } of commit.statuses) announceStatus(id);
    },
  });

  function announceStatus(id: MessageId): void {
    if (!feed.hasAudience) return;
    track(storage.messages.get(id).then((message) => message && feed.message(message)));
  }

  /** Takes a turn that must not be lost, however long the storage is away. */
  async function persistentTurn(key: ConversationKey, event: TurnEvent): Promise<TurnResult> {
    for (;;) {
      try {
        const result = await turn(key, event, requireAppOf(key));
        if (result.kind !== 'duplicate') return result;
      } catch (error) {
        log.error(
          { conversation: maskKey(key), event: event.kind, code: codeOf(error) },
          'a turn could not be written; trying again',
        );
        if (state === 'stopped') throw error;
        await new Promise<void>((resolve) => clock.setTimeout(resolve, STORAGE_RETRY));
      }
    }
  }

  const dispatcher = createDispatcher({
    owner,
    runtime,
    transports,
    plugins,
    profiles: { get: (address) => profiles.get(address), patch: (address, patch) => profiles.patch(address, patch) },
    messages: storage.messages,
    publicUrl: () => reachedAt,
    sendTimeout,
    turn: persistentTurn,
    track,
  });

  const tasks = createTaskRunner({
    owner,
    runtime,
    timeout: taskTimeout,
    track,
    async report(key, journey, task, outcome) {
      await persistentTurn(key, { kind: 'task', journey, task, outcome });
    },
  });

  const scheduler = createScheduler({
    clock,
    log,
    conversations: storage.conversations,
    lease,
    longestSleep,
    track,
    wake,
  });

  async function wake(key: ConversationKey): Promise<void> {
    const app = appOf(key);
    if (app === undefined) return log.warn({ conversation: maskKey(key) }, 'nobody owns this conversation any more');
    try {
      await turn(key, { kind: 'wake' }, app);
    } catch (error) {
      log.error({ conversation: maskKey(key), code: codeOf(error) }, 'a conversation could not be woken');
    }
  }

  const inbox = createInbox({ organization, apps, plugins, runtime, turn, announceStatus });

  function appOf(key: ConversationKey): AppRuntime | undefined {
    return apps.find(({ app }) => key.startsWith(`${app.address}/`));
  }

  function requireAppOf(key: ConversationKey): AppRuntime {
    const app = appOf(key);
    if (app === undefined) throw new ParleyError('error.platform.conversation.unknown');
    return app;
  }

  function requireApp(id: string): AppRuntime {
    const app = apps.find((one) => one.app.id === id);
    if (app !== undefined) return app;
    throw new ParleyError('error.platform.app.unknown', { app: id, known: apps.map((one) => one.app.id).join(', ') });
  }

  function requireRunning(): void {
    if (state !== 'running') throw new ParleyError('error.platform.engine.stopped');
  }

  /** Has `stop` wait for what somebody has asked for; how it ends is theirs to know. */
  function underWay<Result>(work: Promise<Result>): Promise<Result> {
    track(work.catch(() => {}));
    return work;
  }

  async function turnAt(app: AppRuntime, to: string, event: TurnEvent) {
    requireRunning();
    const result = await underWay(turn(conversationKey(app.app.address, toAddress(to)), event, app));
    if (result.kind !== 'taken') throw new ParleyError('error.platform.conversation.unknown');
    return result;
  }

  const engine: Engine = {
    organization,

    async start({ localUrl, publicUrl, emulate = 'never' }: StartOptions) {
      reachedAt = organization.publicUrl ?? publicUrl ?? localUrl;
      const closers: (() => Promise<void>)[] = [];
      try {
        // Transports first: without credentials there shall be no database either.
        for (const [name, transport] of Object.entries(transports)) {
          await transport.open({
            webhookUrl: `${reachedAt}/webhooks/${name}`,
            localWebhookUrl: `${localUrl}/webhooks/${name}`,
            addresses: apps.filter(({ app }) => app.transport === name).map(({ app }) => app.address),
            emulate,
            clock,
            log,
          });
          closers.push(() => transport.close());
        }
        await storage.open({ clock, log });
        closers.push(() => storage.close());
        profiles = createProfiles(storage.keyv('actors'), organization.actors);
        await plugins.setup(organization, runtime, engine);
      } catch (error) {
        for (const close of closers.reverse()) await close().catch(() => {});
        throw error;
      }
      state = 'running';
      scheduler.start();
      unwatch = storage.conversations.watch?.((dueAt) => scheduler.notice(dueAt));
      if (storage.exclusive) await takeOver(taskTimeout + 2 * lease);
    },

    async stop({ grace = 10 * SECOND } = {}) {
      if (state !== 'running') return;
      state = 'stopped';
      for (const key of [...dispatcher.conversations(), ...tasks.conversations()]) held.add(key);
      unwatch?.();
      scheduler.stop();
      dispatcher.drain();
      await inProgress.settled({ atMost: grace, clock });
      tasks.stop();
      dispatcher.abort();
      await inProgress.settled({ atMost: SECOND, clock });
      await Promise.allSettled([...held].map((key) => turn(key, { kind: 'release' }, requireAppOf(key))));
      await plugins.close();
      for (const transport of Object.values(transports)) await closeQuietly(transport);
      await storage.close();
    },

    async ready() {
      if (state !== 'running') return false;
      try {
        await storage.conversations.nextDueAt();
        return true;
      } catch {
        return false;
      }
    },

    async receive(transport, request) {
      requireRunning();
      return underWay(inbox.receive(transport, request));
    },

    async startJourney({ app: id, to, bot, data, conflict = 'refuse' }: StartJourney) {
      const app = requireApp(id);
      requireBot(app, bot);
      const { journey } = await turnAt(app, to, {
        kind: 'start',
        bot,
        conflict,
        ...(data === undefined ? {} : { data }),
      });
      return { journey: journey as string };
    },

    async notify({ app: id, to, name, text, media = [], category = 'informational' }: Notify) {
      const saying = { text, media, category, origin: { kind: 'notification', name } } as const;
      const { message } = await turnAt(requireApp(id), to, { kind: 'say', saying });
      return { message: message as MessageId };
    },

    async resume(key) {
      requireRunning();
      const result = await turn(key, { kind: 'resume' }, requireAppOf(key));
      if (result.kind === 'ignored') throw new ParleyError('error.platform.conversation.unknown');
    },

    async updateActor(address, patch) {
      requireRunning();
      const profile = await underWay(profiles.patch(address, patch));
      for (const app of apps) await turn(conversationKey(app.app.address, address), { kind: 'actor', profile }, app);
      return profile;
    },

    subscribe: (listener) => feed.subscribe(listener),

    emulator(name) {
      const emulator = transports[name]?.emulator?.();
      if (emulator === undefined) throw new ParleyError('error.platform.transport.no-emulator', { transport: name });
      return emulator;
    },

    idle: () => inProgress.settled(),
  };
  return engine;

  /** Nobody else can be alive: what a process that has died held goes on at once. */
  async function takeOver(longestLease: number): Promise<void> {
    const until = clock.now() + longestLease;
    try {
      // All of them first: one that is due soon by a timer of its own would come again for ever.
      const held = new Set<ConversationKey>();
      for (let found = BATCH; found === BATCH; ) {
        const keys = await storage.conversations.due(until, BATCH, until + 1);
        for (const key of keys) held.add(key);
        found = keys.length;
      }
      const keys = [...held];
      while (keys.length > 0) await Promise.all(keys.splice(0, BATCH).map(wake));
    } catch (error) {
      log.error({ code: codeOf(error) }, 'could not take over at once; it goes on as leases run out');
    }
  }

  async function closeQuietly(transport: Transport): Promise<void> {
    try {
      await transport.close();
    } catch (error) {
      log.error({ transport: transport.name, code: codeOf(error) }, 'a transport failed to close');
    }
  }
}

function longestSleepOn({ exclusive, conversations }: Storage): number {
  if (exclusive) return 20 * DAY;
  return conversations.watch === undefined ? 5 * SECOND : 30 * SECOND;
}
