import { type Address, type ConversationKey, maskKey } from './address.ts';
import type { AppRuntime } from './app-runtime.ts';
import { createAppRuntime } from './app-runtime.ts';
import { createDispatcher } from './dispatcher.ts';
import type { Engine, StartOptions } from './engine-contract.ts';
import { codeOf, ParleyError } from './errors.ts';
import { createFeed } from './feed.ts';
import { createInbox } from './inbox.ts';
import type { MessageId, MessageStatus } from './message.ts';
import { appOf, createOperations } from './operations.ts';
import { type Organization, pluginsOf } from './organization.ts';
import { createPluginDriver, type PluginRuntime } from './plugin-driver.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { createQuieting } from './quieting.ts';
import { createRetention } from './retention.ts';
import type { Runtime } from './runtime.ts';
import { createScheduler } from './scheduler.ts';
import type { Storage } from './storage.ts';
import { taskOptions } from './task.ts';
import { createTaskRunner } from './task-runner.ts';
import type { Transport } from './transport.ts';
import { logTrouble } from './trouble-log.ts';
import type { TurnEvent, TurnResult } from './turn.ts';
import { createTurnTaker } from './turn-taker.ts';
import { WorkInProgress } from './work-in-progress.ts';

/** How patient an engine is; all in milliseconds. */
export interface EngineOptions {
  /** How long one attempt to send may take. Default 20,000. */
  readonly sendTimeout?: number;
  /** How many sends this process has under way at the same time; others wait, replies first. Default 50. */
  readonly sendsAtOnce?: number;
  /** How long an attempt at a task may take unless the task says otherwise. Default 60,000. */
  readonly taskTimeout?: number;
  /** How many tasks this process runs at the same time; others wait for room. Default 100. */
  readonly tasksAtOnce?: number;
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
  /**
   * Whether to look at every step through what machines are given, keep and emit for what a document can not hold, and
   * park with `error.platform.bot.not-serialisable` and the path to it. For development: it walks everything. Default no.
   */
  readonly check?: boolean;
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
  options: EngineOptions = {},
): Engine {
  const { storage, transports } = organization;
  const {
    sendTimeout = 20 * SECOND,
    taskTimeout = 60 * SECOND,
    tasksAtOnce = 100,
    sendsAtOnce = 50,
    lease: wantedLease = 30 * SECOND,
    longestSleep = longestSleepOn(storage),
    check = false,
  } = { ...organization.engine, ...options };
  const { clock, log } = runtime;
  const lease = Math.max(wantedLease, sendTimeout + 5 * SECOND);
  const owner = runtime.newId();
  const apps: readonly AppRuntime[] = organization.apps.map((app) => createAppRuntime(app, { check }));
  const plugins = createPluginDriver(pluginsOf(organization), log);
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
      lease,
      taskTimeout,
    }),
    committed(commit, app) {
      if (state === 'stopped') held.add(commit.document.key);
      scheduler.notice(commit.document.dueAt);
      dispatcher.committed(commit.document, app);
      tasks.committed(commit.document, app);
      feed.announce(commit);
      logTrouble(log, commit, check);
      for (const { id, update } of commit.statuses) announceStatus(id, update.status);
    },
  });

  /** @param status what is reported; what the message has after it may be further. */
  function announceStatus(id: MessageId, status: MessageStatus): void {
    if (!feed.hasAudienceFor(status)) return;
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
    profiles: { patch: (address, patch) => profiles.patch(address, patch) },
    messages: storage.messages,
    publicUrl: () => reachedAt,
    sendTimeout,
    sendsAtOnce,
    turn: persistentTurn,
    track,
  });

  const tasks = createTaskRunner({
    owner,
    runtime,
    timeout: taskTimeout,
    atOnce: tasksAtOnce,
    check,
    track,
    async extend(key, journey, task) {
      const result = await persistentTurn(key, { kind: 'extend', journey, task });
      return result.kind === 'taken' ? result.document : undefined;
    },
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
    const app = appOf(apps, key);
    if (app === undefined) return log.warn({ conversation: maskKey(key) }, 'nobody owns this conversation any more');
    try {
      await turn(key, { kind: 'wake' }, app);
    } catch (error) {
      log.error({ conversation: maskKey(key), code: codeOf(error) }, 'a conversation could not be woken');
    }
  }

  const quieting = createQuieting({ owner, conversations: storage.conversations, dispatcher, clock });

  const inbox = createInbox({ organization, apps, plugins, runtime, turn, announceStatus, quieting });

  function requireAppOf(key: ConversationKey): AppRuntime {
    const app = appOf(apps, key);
    if (app === undefined) throw new ParleyError('error.platform.conversation.unknown');
    return app;
  }

  function requireRunning(): void {
    if (state !== 'running') throw new ParleyError('error.platform.engine.stopped');
  }

  /** Has `stop` wait for what somebody has asked for; how it ends is theirs to know. */
  function underWay<Result>(work: Promise<Result>): Promise<Result> {
    track(work.catch(() => {}));
    return work;
  }

  const retention = createRetention({ rules: organization.retention, storage, clock, log, owner, track });

  const engine: Engine = {
    organization,

    get publicUrl() {
      return reachedAt;
    },

    ...createOperations({
      ...{ apps, storage, transports, plugins, turn, quieting, clock, requireRunning, underWay },
      profiles: () => profiles,
      learn: (report) => inbox.learn(report),
    }),

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
            receive: (request) => engine.receive(name, request),
            clock,
            log,
          });
          closers.push(() => transport.close());
        }
        await storage.open({ clock, log });
        closers.push(() => storage.close());
        profiles = createProfiles(storage.keyv('actors'), organization.actors);
        const { notify, refreshMessage, resendMessage, explain, silence, updateActor } = engine;
        const actor = (address: Address) => profiles.get(address);
        const abilities = { notify, refreshMessage, resendMessage, explain, silence, updateActor, actor };
        await plugins.setup(organization, runtime, abilities);
      } catch (error) {
        for (const close of closers.reverse()) await close().catch(() => {});
        throw error;
      }
      state = 'running';
      scheduler.start();
      unwatch = storage.conversations.watch?.((dueAt) => scheduler.notice(dueAt));
      retention.start();
      if (storage.exclusive) await takeOver(longestTask() + 2 * lease);
    },

    async stop({ grace = 10 * SECOND } = {}) {
      if (state !== 'running') return;
      state = 'stopped';
      for (const key of [...dispatcher.conversations(), ...tasks.conversations()]) held.add(key);
      unwatch?.();
      scheduler.stop();
      retention.stop();
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

    subscribe: (listener) => feed.subscribe(listener),

    emulator(name) {
      const emulator = transports[name]?.emulator?.();
      if (emulator === undefined) throw new ParleyError('error.platform.transport.no-emulator', { transport: name });
      return emulator;
    },

    idle: () => inProgress.settled(),
  };
  return engine;

  /** The longest that an attempt at any task may take. */
  function longestTask(): number {
    const works = apps.flatMap(({ app, version }) =>
      app.bots.flatMap((bot) => [...(version(bot.id, bot.version)?.host.taskFunctions() ?? [])]),
    );
    return Math.max(taskTimeout, ...works.map((work) => taskOptions(work).timeout ?? 0));
  }

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
