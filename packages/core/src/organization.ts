import * as z from 'zod';
import { type Access, accessSchema } from './access.ts';
import type { ActorProfile } from './actor.ts';
import { type Address, maskAddress } from './address.ts';
import type { App, AppDefinition } from './app.ts';
import { addressSchema, isObjectWith, requireUnique } from './definitions.ts';
import type { EngineOptions } from './engine.ts';
import { ParleyError } from './errors.ts';
import { parseOptions } from './parse-options.ts';
import type { Plugin } from './plugin.ts';
import type { Retention } from './retention.ts';
import type { Storage } from './storage.ts';
import type { Transport } from './transport.ts';

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
  /** Who may use the console and the API. */
  readonly access: Access;
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
        postalCode: z.string().optional(),
        locale: z.string().optional(),
        attributes: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default([]),
  engine: engineOptionsSchema.default({}),
  retention: retentionSchema.default({}),
  access: accessSchema.prefault({}),
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
  /** Who may use the console and the API of the server. Default: nobody, but for this computer in `parley dev`. */
  readonly access?: Access;
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
  requireOneOfEachName(organization.access as Access);
  return {
    ...organization,
    apps: organization.apps.map((app) => ({ ...app, transport: transportOf(app, organization.transports) })),
    actors: organization.actors as readonly ActorProfile[],
    engine: organization.engine as EngineOptions,
    retention: organization.retention as Retention,
    access: organization.access as Access,
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.replace(/\/+$/, '') }),
  };
}

/** Every plugin in the order of their setup: those that transports bring, then those of the organization. */
export function pluginsOf({ transports, plugins }: Pick<Organization, 'transports' | 'plugins'>): readonly Plugin[] {
  return [...Object.values(transports).flatMap(({ plugin }) => plugin ?? []), ...plugins];
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

/** The audit log calls people and programs by their names. */
function requireOneOfEachName({ users = [], tokens = [] }: Access): void {
  requireUnique(
    'user',
    users.map(({ name }) => name),
  );
  requireUnique(
    'token',
    tokens.map(({ name }) => name),
  );
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

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
