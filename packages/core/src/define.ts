import type { AnyStateMachine } from 'xstate';
import * as z from 'zod';
import type { ActorProfile } from './actor.ts';
import { type Address, isAddress, maskAddress } from './address.ts';
import { ParleyError } from './errors.ts';
import { parseOptions } from './parse-options.ts';
import type { Plugin } from './plugin.ts';
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
}

const DAY = 86_400_000;

/** How long a journey lasts unless its bot says otherwise. */
const DEFAULT_JOURNEY = 30 * DAY;

/** How long a journey may last at most. */
const LONGEST_JOURNEY = 90 * DAY;

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
});

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
  return parseOptions(botSchema, options, 'defineBot');
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
  return {
    id: app.id,
    mode: app.mode,
    address: (number ?? messagingService) as Address,
    transport: app.transport,
    bots: app.bots,
    fallback: app.fallback,
    otherwise: app.otherwise,
  };
}

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
