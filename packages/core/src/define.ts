import type { AnyStateMachine } from 'xstate';
import * as z from 'zod';
import type { ActorProfile } from './actor.ts';
import { type Address, isAddress, maskAddress } from './address.ts';
import type { EngineOptions } from './engine.ts';
import { ParleyError } from './errors.ts';
import type { PersistedSnapshot } from './host/snapshot.ts';
import type { JourneyEnd, JourneyStarted } from './journey-hooks.ts';
import { carrierRate, type Pace } from './pace.ts';
import { parseOptions } from './parse-options.ts';
import type { Plugin } from './plugin.ts';
import type { Retention } from './retention.ts';
import type { Storage } from './storage.ts';
import type { Transport } from './transport.ts';
import { type Trigger, triggerSchema } from './triggers.ts';

/** What one deployment serves: its apps, how their texts travel, where everything is kept. */
export interface Organization {
  readonly name: string;
  readonly apps: readonly App[];
  readonly transports: Readonly<Record<string, Transport>>;
  readonly storage: Storage;
  readonly plugins: readonly Plugin[];
  /** Where the world reaches this server, without a slash at the end; signatures are checked against it. */
  readonly publicUrl?: string;
  /** Profiles of people that are known from the start, by address. */
  readonly actors: readonly ActorProfile[];
  /** How patient the engine is. */
  readonly engine: EngineOptions;
  /** How long messages and activity are kept. */
  readonly retention: Retention;
}

/** A set of bots and notifications behind one number or messaging service. */
export interface App {
  readonly id: string;
  /** `preview` for trying out, `published` for real people. */
  readonly mode: 'preview' | 'published';
  /** The number or messaging service that it texts from. */
  readonly address: Address;
  /** The key of its transport in the organization. */
  readonly transport: string;
  readonly bots: readonly Bot[];
  /** Said once when a bot throws at a person's text. */
  readonly fallback: string | undefined;
  /** Said when no bot wants a text; nothing unless set. */
  readonly otherwise: string | undefined;
  /** Whether texts that come close together are one event. */
  readonly debounce: Debounce | undefined;
  /** When a conversation talks in circles. */
  readonly loopGuard: LoopGuard | undefined;
  /** How fast it may send. */
  readonly pace: Pace;
  /** What becomes of texts that are too long for one message. */
  readonly longTexts: 'refuse' | 'split';
}

/** Texts that come close together are taken in as one event. All in milliseconds. */
export interface Debounce {
  /** How long to wait for another text after each one. */
  readonly window: number;
  /** How long the first of them waits at most. */
  readonly atMost: number;
}

/** When a conversation is taken for two machines that answer one another (Twilio's error 14107 has the same figures). */
export interface LoopGuard {
  /** With this many replies the conversation is parked. */
  readonly replies: number;
  /** Two replies further apart than this are no loop, in milliseconds. */
  readonly gap: number;
}

/** An XState machine with an id, a version and triggers. */
export interface Bot {
  readonly id: string;
  readonly version: string;
  readonly machine: AnyStateMachine;
  /** What starts it; without triggers it starts by API or by another bot only. */
  readonly triggers: readonly Trigger[];
  /** What becomes of the text that started it: see {@link BotOptions.firstText}. */
  readonly firstText: 'input' | 'event';
  /** How long a journey may last, in milliseconds. */
  readonly expiresAfter: number;
  /** What becomes of a journey that is running when a trigger of this bot fires. */
  readonly conflict: 'use' | 'replace';
  readonly migrate: Migrate | undefined;
  readonly onStart: ((journey: JourneyStarted) => void) | undefined;
  readonly onEnd: ((journey: JourneyEnd) => void) | undefined;
}

/**
 * Makes a snapshot of another version of the bot one of this version: changes `value`, `context` and `children`.
 *
 * @param from the version that the journey is on
 */
export type Migrate = (snapshot: PersistedSnapshot, from: string) => PersistedSnapshot;

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** How long a journey lasts unless its bot says otherwise. */
const DEFAULT_JOURNEY = 30 * DAY;

/** How long a journey may last at most, counted from its start. */
export const LONGEST_JOURNEY: number = 90 * DAY;

const DEFAULT_LOOP_GUARD: LoopGuard = { replies: 30, gap: 30 * SECOND };

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'an id has lower-case letters, digits and dashes, and begins with a letter');

const addressSchema = z.custom<Address>(
  (value) => typeof value === 'string' && isAddress(value),
  'write an address as E.164 (a plus sign and 7 to 15 digits), a short code, or either of them behind whatsapp:',
);

const botSchema = z.strictObject({
  id,
  version: z.string().min(1).default('1'),
  machine: z.custom<AnyStateMachine>(isMachine, 'a machine is what createMachine or setupBot(…).createMachine returns'),
  triggers: z.array(triggerSchema).default([]),
  firstText: z.enum(['input', 'event']).default('input'),
  expiresAfter: z
    .number()
    .int()
    .positive()
    .max(LONGEST_JOURNEY, 'a journey lasts 90 days at most')
    .default(DEFAULT_JOURNEY),
  conflict: z.enum(['use', 'replace']).default('use'),
  migrate: functionSchema<Migrate>(),
  onStart: functionSchema<(journey: JourneyStarted) => void>(),
  onEnd: functionSchema<(journey: JourneyEnd) => void>(),
});

function functionSchema<Type>() {
  return z.custom<Type>((value) => typeof value === 'function', 'write a function').optional();
}

/** What {@link defineBot} takes. */
export interface BotOptions {
  /** Lower-case letters, digits and dashes; unique in its app together with the version. */
  readonly id: string;
  /** Default `'1'`. A journey stays on the version it began with. */
  readonly version?: string;
  readonly machine: AnyStateMachine;
  /** What starts it: `keyword('BOOK')`, `pattern(/…/)`, `firstContact()`, `anyText()`. Default: nothing but the API. */
  readonly triggers?: readonly Trigger[];
  /**
   * What becomes of the text that started the bot. `input` (default): it is in the machine's input only, and the
   * machine speaks first. `event`: the machine gets it as its first `message.received` as well.
   */
  readonly firstText?: 'input' | 'event';
  /** How long a journey may last, in milliseconds. Default 30 days, 90 at most. */
  readonly expiresAfter?: number;
  /**
   * What becomes of a journey that is running when a keyword or pattern of this bot fires. `use` (default): it goes on, and
   * gets the text. `replace`: it ends, and this bot begins; for words such as MENU or RESTART.
   */
  readonly conflict?: 'use' | 'replace';
  /**
   * Brings journeys of versions that are no longer registered to this one: is given the snapshot and the version that it is of,
   * and gives back the snapshot for this version. Pending timers of states that are still active stay; those of new
   * states begin anew, as do invoked actors that are missing. Without it such journeys are parked.
   *
   * ```ts
   * migrate: (snapshot, from) => ({ ...snapshot, value: snapshot.value === 'asking' ? 'askingDay' : snapshot.value })
   * ```
   */
  readonly migrate?: Migrate;
  /** Called as a journey begins, ahead of whatever its machine says. Synchronous: it is part of the turn. */
  readonly onStart?: (journey: JourneyStarted) => void;
  /** Called as a journey ends, for whatever reason. Synchronous: it is part of the turn. */
  readonly onEnd?: (journey: JourneyEnd) => void;
}

/**
 * Makes a bot of a machine.
 *
 * ```ts
 * const echo = defineBot({ id: 'echo', machine, triggers: [anyText()], firstText: 'event' });
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function defineBot(options: BotOptions): Bot {
  const { migrate, onStart, onEnd, ...bot } = parseOptions(botSchema, options, 'defineBot');
  return { ...bot, migrate, onStart, onEnd };
}

const appSchema = z
  .strictObject({
    id,
    mode: z.enum(['preview', 'published']).default('preview'),
    number: addressSchema.optional(),
    messagingService: z
      .custom<Address>(
        (value) => typeof value === 'string' && /^MG[0-9a-f]{32}$/.test(value),
        'a messaging service is MG and 32 hexadecimal digits',
      )
      .optional(),
    transport: z.string().min(1).optional(),
    bots: z.array(z.custom<Bot>((value) => botSchema.safeParse(value).success, 'make it with defineBot')).default([]),
    fallback: z.string().min(1).max(1600).optional(),
    otherwise: z.string().min(1).max(1600).optional(),
    debounce: z
      .strictObject({
        window: z
          .number()
          .positive()
          .max(60 * SECOND),
        atMost: z
          .number()
          .positive()
          .max(300 * SECOND)
          .optional(),
      })
      .optional(),
    longTexts: z.enum(['refuse', 'split']).default('refuse'),
    pace: z
      .strictObject({ perSecond: z.number().positive().optional(), perDay: z.number().int().positive().optional() })
      .default({}),
    loopGuard: z
      .union([z.literal(false), z.strictObject({ replies: z.number().int().min(2), gap: z.number().positive() })])
      .default(DEFAULT_LOOP_GUARD),
  })
  .refine(
    (app) => (app.number === undefined) !== (app.messagingService === undefined),
    'give either number or messagingService',
  );

/** What {@link defineApp} takes. */
export interface AppOptions {
  readonly id: string;
  /** Default `preview`. */
  readonly mode?: 'preview' | 'published';
  /** The number that it is texted at and texts from: E.164, a short code, or `whatsapp:+14155550100`. */
  readonly number?: string;
  /** A messaging service (`MG…`) in place of a number. */
  readonly messagingService?: string;
  /** The key of its transport in the organization; not needed where there is only one. */
  readonly transport?: string;
  readonly bots?: readonly Bot[];
  /** Said once when a bot throws at a person's text. Default: nothing is said. */
  readonly fallback?: string;
  /** Said when a text starts no bot. Default: nothing is said. */
  readonly otherwise?: string;
  /**
   * Takes texts that come within `window` milliseconds of one another (60,000 at most) for one, so that three quick texts get one
   * answer. The first waits no longer than `atMost` (default five windows). Default: every text is an event of its own.
   */
  readonly debounce?: { readonly window: number; readonly atMost?: number };
  /**
   * What becomes of a text of more than 1,600 characters. `refuse` (default): the bot has failed, with
   * `error.platform.message.too-long`. `split`: it leaves in several messages, cut at ends of sentences, in order.
   */
  readonly longTexts?: 'refuse' | 'split';
  /**
   * How fast it may send, for each process. `perSecond`: default of a published app what carriers let its sender send (a number
   * 1, toll-free 3, a short code 10, other channels 80; a messaging service as fast as it goes), of a preview app no limit. Replies go
   * ahead of notifications. `perDay` (UTC): messages beyond it fail with `error.platform.send.daily-cap`. Default: no limit.
   */
  readonly pace?: { readonly perSecond?: number; readonly perDay?: number };
  /**
   * Parks a conversation in which bots have replied `replies` times with less than `gap` milliseconds between any two.
   * Default: 30 replies, 30,000 ms. `false`: never.
   */
  readonly loopGuard?: LoopGuard | false;
}

/** An app before its organization has given it a transport. */
export type AppDefinition = Omit<App, 'transport'> & { readonly transport: string | undefined };

/**
 * Makes an app.
 *
 * ```ts
 * const clinic = defineApp({ id: 'clinic', number: '+14155550100', bots: [appointments] });
 * ```
 *
 * @throws `error.platform.config.malformed`, `error.platform.config.duplicate-id`
 */
export function defineApp(options: AppOptions): AppDefinition {
  const { number, messagingService, ...app } = parseOptions(appSchema, options, 'defineApp');
  requireUnique(
    'bot',
    app.bots.map((bot) => `${bot.id}@${bot.version}`),
  );
  const address = (number ?? messagingService) as Address;
  return {
    id: app.id,
    mode: app.mode,
    address,
    transport: app.transport,
    bots: app.bots,
    fallback: app.fallback,
    otherwise: app.otherwise,
    debounce: app.debounce && { window: app.debounce.window, atMost: app.debounce.atMost ?? 5 * app.debounce.window },
    loopGuard: app.loopGuard === false ? undefined : app.loopGuard,
    longTexts: app.longTexts,
    pace: {
      perSecond: app.pace.perSecond ?? (app.mode === 'published' ? carrierRate(address) : undefined),
      perDay: app.pace.perDay,
    },
  };
}

const milliseconds = z.number().int().positive();

const engineOptionsSchema = z.strictObject({
  sendTimeout: milliseconds.optional(),
  sendsAtOnce: z.number().int().positive().optional(),
  taskTimeout: milliseconds.optional(),
  tasksAtOnce: z.number().int().positive().optional(),
  lease: milliseconds.optional(),
  longestSleep: milliseconds.optional(),
  check: z.boolean().optional(),
});

const retentionRule = z
  .strictObject({ after: milliseconds, mode: z.enum(['delete', 'redact']).default('delete') })
  .optional();

const retentionSchema = z.strictObject({ messages: retentionRule, activity: retentionRule });

const organizationSchema = z.strictObject({
  name: z.string().min(1),
  apps: z
    .array(z.custom<AppDefinition>((value) => isObjectWith(value, ['id', 'address', 'bots']), 'make it with defineApp'))
    .min(1, 'an organization has at least one app'),
  transports: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/),
    z.custom<Transport>(
      (value) => isObjectWith(value, ['send', 'webhooks']),
      'make it with a factory such as twilio()',
    ),
  ),
  storage: z.custom<Storage>(
    (value) => isObjectWith(value, ['conversations', 'messages']),
    'make it with a factory such as sqlite()',
  ),
  plugins: z
    .array(z.custom<Plugin>((value) => isObjectWith(value, ['name']), 'make it with the factory of the plugin'))
    .default([]),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'a public URL begins with https:// and is exactly what the provider calls' })
    .optional(),
  actors: z
    .array(
      z.strictObject({
        address: addressSchema,
        firstName: z.string().optional(),
        lastName: z.string().optional(),
        email: z.email().optional(),
        timeZone: z.string().refine(isTimeZone, 'a time zone is an IANA name such as America/Los_Angeles').optional(),
        region: z.string().optional(),
        locale: z.string().optional(),
        attributes: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default([]),
  engine: engineOptionsSchema.default({}),
  retention: retentionSchema.default({}),
});

/** What {@link defineOrganization} takes. */
export interface OrganizationOptions {
  readonly name: string;
  readonly apps: readonly AppDefinition[];
  /** By the name under which apps ask for them. */
  readonly transports: Readonly<Record<string, Transport>>;
  readonly storage: Storage;
  /** Set up in this order. Default: none. */
  readonly plugins?: readonly Plugin[];
  /** Where the world reaches this server: `https://bots.example.com`. Default: where the server listens. */
  readonly publicUrl?: string;
  /** People who are known from the start. */
  readonly actors?: readonly (Omit<ActorProfile, 'address'> & { readonly address: string })[];
  /** How patient the engine is, and how much it does at a time. */
  readonly engine?: EngineOptions;
  /** How long messages and activity are kept, in milliseconds. Default: for ever. */
  readonly retention?: Retention;
}

/**
 * Puts a deployment together; what `parley.config.ts` exports.
 *
 * ```ts
 * export default defineOrganization({
 *   name: 'Riverside Clinic',
 *   apps: [clinic],
 *   transports: { twilio: twilio() },
 *   storage: sqlite({ file: 'clinic.db' }),
 * });
 * ```
 *
 * @throws `error.platform.config.malformed`, `error.platform.config.number-taken`,
 * `error.platform.config.duplicate-id`, `error.platform.config.unknown-transport`
 */
export function defineOrganization(options: OrganizationOptions): Organization {
  const { publicUrl, ...organization } = parseOptions(organizationSchema, options, 'defineOrganization');
  requireUnique(
    'app',
    organization.apps.map((app) => app.id),
  );
  requireOneAppPerNumber(organization.apps);
  return {
    ...organization,
    apps: organization.apps.map((app) => ({ ...app, transport: transportOf(app, organization.transports) })),
    actors: organization.actors as readonly ActorProfile[],
    engine: organization.engine as EngineOptions,
    retention: organization.retention as Retention,
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.replace(/\/+$/, '') }),
  };
}

function transportOf(app: AppDefinition, transports: Readonly<Record<string, Transport>>): string {
  const known = Object.keys(transports);
  const wanted = app.transport ?? (known.length === 1 ? known[0] : undefined);
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  throw new ParleyError('error.platform.config.unknown-transport', {
    app: app.id,
    transport: wanted ?? '(unnamed)',
    known: known.join(', ') || 'none',
  });
}

function requireOneAppPerNumber(apps: readonly AppDefinition[]): void {
  const owners = new Map<Address, string>();
  for (const app of apps) {
    const first = owners.get(app.address);
    if (first !== undefined) {
      throw new ParleyError('error.platform.config.number-taken', {
        number: maskAddress(app.address),
        first,
        second: app.id,
      });
    }
    owners.set(app.address, app.id);
  }
}

function requireUnique(kind: string, ids: readonly string[]): void {
  const twice = ids.find((name, index) => ids.indexOf(name) !== index);
  if (twice !== undefined) throw new ParleyError('error.platform.config.duplicate-id', { kind, id: twice });
}

function isMachine(value: unknown): boolean {
  return isObjectWith(value, ['root', 'config', 'provide', 'transition']);
}

function isObjectWith(value: unknown, keys: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
