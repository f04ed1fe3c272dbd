import Router from '@koa/router';
import {
  type ActivityRecord,
  type Address,
  address,
  type ConversationDocument,
  type ConversationKey,
  conversationKey,
  createEngine,
  type Engine,
  type EngineOptions,
  type Log,
  type Media,
  type MessageRecord,
  nextLoop,
  type Organization,
  type Runtime,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { type CarrierBehaviour, type CarrierWebhook, type Received, SimulatedCarrier } from './simulated-carrier.ts';
import { flush, VirtualClock } from './virtual-clock.ts';

export interface SimulateOptions {
  /** When it begins: an ISO date-time or milliseconds since the epoch. Default 2026-01-05T17:00:00Z, a Monday. */
  readonly start?: string | number;
  /** Makes the same random numbers in every run. Default 1. */
  readonly seed?: number;
  /** Where log lines go. Default: nowhere. */
  readonly log?: Log;
  /** How patient the engine is. Unlike in production it looks at every step for what a document can not hold. */
  readonly engine?: EngineOptions;
  /**
   * How long tasks may work in real time before virtual time goes on without their results, in milliseconds: what
   * makes a task that never ends run into its time-out. Default 200.
   */
  readonly patience?: number;
}

/** A span of time: `{ hours: 2, minutes: 30 }`. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** An organization in memory and in virtual time. */
export interface Simulation {
  readonly engine: Engine;
  readonly organization: Organization;
  readonly clock: VirtualClock;
  /** A person with a phone who texts one app; the organization's only app unless named. */
  actor(number: string, app?: string): SimulatedActor;
  /** Lets time pass: timers fire, tasks run, texts arrive. */
  advance(span: Span): Promise<void>;
  /** All texts of the log, newest first. */
  messages(): Promise<readonly MessageRecord[]>;
  close(): Promise<void>;
}

/** A person with a phone. */
export interface SimulatedActor {
  readonly number: Address;
  /** Texts the app and resolves, when all has come to rest, to what the phone got meanwhile. */
  text(text: string, options?: { readonly media?: readonly Media[] }): Promise<readonly string[]>;
  /** Every text that the phone got from the app, oldest first. */
  readonly received: readonly Received[];
  /** The newest of them; empty when there is none. */
  readonly lastText: string;
  /** What the carrier does with texts to this phone from now on. */
  carrier(behaviour: CarrierBehaviour): void;
  /** The conversation's document as it is stored. */
  conversation(): Promise<ConversationDocument | undefined>;
  /** The state of the bot's machine, as XState writes it; `undefined` when no journey is running. */
  state(): Promise<unknown>;
  /** What happened besides texts, newest first. */
  activity(): Promise<readonly ActivityRecord[]>;
}

/**
 * Runs an organization with the real engine and its real plugins, but in memory, under a virtual clock, and with a simulated carrier
 * in place of its transports.
 *
 * ```ts
 * const sim = await simulate(organization);
 * const ann = sim.actor('+14155550123');
 * expect(await ann.text('BOOK')).toEqual(['Which day suits you?']);
 * await sim.advance({ hours: 2 });
 * expect(ann.lastText).toBe('Are you still there?');
 * ```
 */
export async function simulate(organization: Organization, options: SimulateOptions = {}): Promise<Simulation> {
  const carriers = Object.fromEntries(
    Object.keys(organization.transports).map((name) => [name, new SimulatedCarrier()]),
  );
  const simulated: Organization = { ...organization, storage: memoryStorage(), transports: carriers };
  const { start } = options;
  const clock = new VirtualClock({
    ...(start === undefined ? {} : { start: typeof start === 'string' ? Date.parse(start) : start }),
    settle: () => settle(),
  });
  const engine = createEngine(simulated, createRuntime(clock, options), { check: true, ...options.engine });
  await engine.start({ localUrl: 'http://simulated.invalid' });

  /** Until nothing goes on and no carrier has anything to report. */
  async function settle(): Promise<void> {
    for (;;) {
      await flush();
      await Promise.race([engine.idle(), realTime(options.patience ?? 200)]);
      const reports = Object.entries(carriers).flatMap(([name, carrier]) =>
        carrier.takeReports().map((report) => ({ name, report })),
      );
      if (reports.length === 0) return;
      for (const { name, report } of reports) await receive(name, { kind: 'status', report });
    }
  }

  async function receive(transport: string, webhook: CarrierWebhook): Promise<void> {
    const body = Buffer.from(JSON.stringify(webhook));
    await engine.receive(transport, { method: 'POST', path: `/${webhook.kind}`, headers: {}, body });
  }

  return {
    engine,
    organization: simulated,
    clock,
    actor(number, appId) {
      const app = appId === undefined ? simulated.apps[0] : simulated.apps.find(({ id }) => id === appId);
      if (app === undefined) throw new Error(`The organization has no app ${appId}.`);
      const from = address(number);
      const carrier = carriers[app.transport] as SimulatedCarrier;
      const key: ConversationKey = conversationKey(app.address, from);
      const received = () => carrier.receivedBy(from).filter((one) => one.from === app.address);
      return {
        number: from,
        async text(text, { media = [] } = {}) {
          const before = received().length;
          const message = {
            providerId: carrier.nextProviderId(),
            from,
            to: [app.address] as [Address],
            text,
            media,
            raw: {},
          };
          await receive(app.transport, { kind: 'text', message });
          await clock.advance(0);
          return received()
            .slice(before)
            .map((one) => one.text);
        },
        get received() {
          return received();
        },
        get lastText() {
          return received().at(-1)?.text ?? '';
        },
        carrier: (behaviour) => carrier.behave(from, behaviour),
        conversation: () => simulated.storage.conversations.get(key),
        async state() {
          return (await simulated.storage.conversations.get(key))?.journey?.machine.snapshot.value;
        },
        activity: async () => (await simulated.storage.activity.list({ conversation: key, limit: 1000 })).activity,
      };
    },
    advance: (span) => clock.advance(millisecondsOf(span)),
    async messages() {
      return (await simulated.storage.messages.list({ limit: 10_000 })).messages;
    },
    async close() {
      await engine.stop({ grace: 0 });
    },
  };
}

/** Not the clock's: how long the computer has to work is no part of the simulation. */
function realTime(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function millisecondsOf({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }: Span): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

function createRuntime(
  clock: VirtualClock,
  { seed = 1, log = silentLog }: SimulateOptions,
): Runtime & { createRouter: () => Router } {
  let ids = 0;
  return {
    clock,
    log,
    random: seededRandom(seed),
    newId: () => String(++ids).padStart(12, '0'),
    afterAnswer: nextLoop,
    createRouter: () => new Router(),
  };
}

/** Mulberry32: 32 bits of state, the same numbers for the same seed (public domain, Tommy Ettinger). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
