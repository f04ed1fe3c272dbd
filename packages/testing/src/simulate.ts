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
import { keyvStorage } from '@parley/plugin-keyv';
import {
  type CarrierBehaviour,
  type CarrierWebhook,
  type Received,
  type SavedCarrier,
  SimulatedCarrier,
} from './simulated-carrier.ts';
import { type PhoneEvent, type TranscriptOptions, writeTranscript } from './transcript.ts';
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
  /**
   * Goes on from where another simulation was saved: the conversations, the time, the phones and the random numbers are those of that moment,
   * and `start` and `seed` are of no use. The organization may be another one, such as a changed one.
   */
  readonly from?: SavedSimulation;
}

/** Everything that a simulation knows at one moment; nothing changes it. See {@link Simulation.save}. */
export interface SavedSimulation {
  /** The moment, milliseconds since the epoch. */
  readonly now: number;
  /** What is stored, as the storage keeps it. */
  readonly cells: ReadonlyMap<string, unknown>;
  readonly carriers: Readonly<Record<string, SavedCarrier>>;
  readonly counters: Counters;
}

/** What ids and random numbers are made of. */
interface Counters {
  readonly ids: number;
  readonly random: number;
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
  /**
   * Lets time pass until a moment: an ISO date-time, such as `2026-01-06T09:00:00Z`, a `Date`, or milliseconds since the epoch. Throws a `RangeError` for a
   * moment that has passed, or is none.
   */
  advanceTo(moment: string | number | Date): Promise<void>;
  /** Who said what when, in all conversations: a line for each text, the same in every run. For reading, and for `toMatchSnapshot`. */
  transcript(options?: TranscriptOptions): string;
  /** All texts of the log, newest first. */
  messages(): Promise<readonly MessageRecord[]>;
  /**
   * Everything as it is now, for another simulation to go on from. Texts and tasks that are under way are in it as they are stored: a task is
   * begun again there, as after a crash.
   */
  save(): SavedSimulation;
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
  /** What the carrier does with texts to this phone from now on; with `once`, with the next one only. */
  carrier(behaviour: CarrierBehaviour, options?: { readonly once?: boolean }): void;
  /** The conversation's document as it is stored. */
  conversation(): Promise<ConversationDocument | undefined>;
  /** The state of the bot's machine, as XState writes it; `undefined` when no journey is running. */
  state(): Promise<unknown>;
  /** What happened besides texts, newest first. */
  activity(): Promise<readonly ActivityRecord[]>;
  /** Who said what when, as the phone has seen it; texts that never arrived say why. See {@link Simulation.transcript}. */
  transcript(options?: TranscriptOptions): string;
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
  const { from } = options;
  const carriers = Object.fromEntries(
    Object.keys(organization.transports).map((name) => [name, new SimulatedCarrier(from?.carriers[name])]),
  );
  const cells = new Map(from?.cells);
  const simulated: Organization = { ...organization, storage: keyvStorage({ store: cells }), transports: carriers };
  const clock = new VirtualClock({ ...startOf(options), settle: () => settle() });
  const counters = { ids: 0, random: options.seed ?? 1, ...from?.counters };
  const engine = createEngine(simulated, createRuntime(clock, options, counters), { check: true, ...options.engine });
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

  /** We are called by the app that texts. */
  function nameOf(ours: Address): string {
    return simulated.apps.find((app) => app.address === ours)?.id ?? ours;
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
          carrier.texted(from, app.address, text, media);
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
        carrier(behaviour, { once = false } = {}) {
          if (once) carrier.behaveOnce(from, behaviour);
          else carrier.behave(from, behaviour);
        },
        conversation: () => simulated.storage.conversations.get(key),
        async state() {
          return (await simulated.storage.conversations.get(key))?.journey?.machine.snapshot.value;
        },
        activity: async () => (await simulated.storage.activity.list({ conversation: key, limit: 1000 })).activity,
        transcript: (how) =>
          writeTranscript(
            carrier.seen.filter(({ phone, ours }) => phone === from && ours === app.address),
            nameOf,
            how,
          ),
      };
    },
    advance: (span) => clock.advance(millisecondsOf(span)),
    advanceTo: async (moment) => clock.advanceTo(momentOf(moment, clock.now())),
    transcript: (how) => writeTranscript(inOrder(Object.values(carriers).map(({ seen }) => seen)), nameOf, how),
    async messages() {
      return (await simulated.storage.messages.list({ limit: 10_000 })).messages;
    },
    save: () => ({
      now: clock.now(),
      cells: new Map(cells),
      carriers: Object.fromEntries(Object.entries(carriers).map(([name, carrier]) => [name, carrier.save()])),
      counters: { ...counters },
    }),
    async close() {
      await engine.stop({ grace: 0 });
    },
  };
}

/** What several carriers have seen; what happened at one moment in the order of the carriers. */
function inOrder(seen: readonly (readonly PhoneEvent[])[]): readonly PhoneEvent[] {
  return seen.flat().sort((one, other) => one.at - other.at);
}

function momentOf(moment: string | number | Date, now: number): number {
  const at = new Date(moment).getTime();
  if (Number.isNaN(at)) throw new RangeError(`${moment} is no moment. Write it as 2026-01-06T09:00:00Z.`);
  if (at >= now) return at;
  throw new RangeError(`${new Date(at).toISOString()} has passed: it is ${new Date(now).toISOString()}.`);
}

function startOf({ start, from }: SimulateOptions): { readonly start?: number } {
  if (from !== undefined) return { start: from.now };
  return start === undefined ? {} : { start: typeof start === 'string' ? Date.parse(start) : start };
}

/** Not the clock's: how long the computer has to work is no part of the simulation. */
function realTime(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function millisecondsOf({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }: Span): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

export function createRuntime(
  clock: VirtualClock,
  { log = silentLog, seed = 1 }: Pick<SimulateOptions, 'log' | 'seed'>,
  counters: { ids: number; random: number } = { ids: 0, random: seed },
): Runtime & { createRouter: () => Router } {
  return {
    clock,
    log,
    random: () => nextRandom(counters),
    newId() {
      counters.ids += 1;
      return String(counters.ids).padStart(12, '0');
    },
    afterAnswer: nextLoop,
    createRouter: () => new Router(),
  };
}

/** Mulberry32: 32 bits of state, the same numbers for the same seed (public domain, Tommy Ettinger). */
function nextRandom(state: { random: number }): number {
  state.random = (state.random + 0x6d2b79f5) >>> 0;
  const { random } = state;
  let mixed = Math.imul(random ^ (random >>> 15), random | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
