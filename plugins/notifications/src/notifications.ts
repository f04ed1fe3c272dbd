import {
  type App,
  codeOf,
  type LintWarning,
  ParleyError,
  type Plugin,
  type PluginContext,
  parseOptions,
} from '@parley/core';
import * as z from 'zod';
import { type Broadcasts, createBroadcasts } from './broadcast/broadcasts.ts';
import type { BroadcastProgress } from './broadcast/progress.ts';
import type { ListLine, Recipient } from './broadcast/recipient.ts';
import type { Customs } from './compose.ts';
import type { Notification } from './definition/notification.ts';
import type { ApiKey } from './http/api-keys.ts';
import { addRoutes, keySchema, type Service } from './http/routes.ts';
import { reviewLength } from './length.ts';
import type { Notified } from './outcome.ts';
import { createOutcomes, type Outcomes } from './outcomes.ts';
import { timeZoneSchema, type When, whenSchema } from './schedule.ts';
import { createSender, type Sender } from './sender.ts';
import { isLocale } from './template/locale.ts';

/** What {@link notifications} takes. */
export interface NotificationsOptions<Known extends readonly Notification[] = readonly Notification[]> {
  /** Made with `defineNotification`. */
  readonly notifications: Known;
  /** Whom the routes under `/plugins/notifications` let in. Default: nobody, and there are none. */
  readonly apiKeys?: readonly (string | ApiKey)[];
  /** How numbers and dates are written in texts that name no locale, BCP 47. Default `en-US`. */
  readonly locale?: string;
  /** For dates in texts to people whose zone is not known, IANA. Default `UTC`. */
  readonly timeZone?: string;
  /** Of amounts where a template names none, ISO 4217. Default `USD`. */
  readonly currency?: string;
  /** For how long idempotency keys are remembered, in milliseconds; seven days at most. Default a day. */
  readonly rememberKeys?: number;
  /** How many people a list may have. Default 1,000,000. */
  readonly mostRecipients?: number;
}

/** What a notification to one person may be asked for with. */
export interface NotifyOptions {
  /** Of a notification that belongs to none. Default: the organization's only one. */
  readonly app?: string;
  /** When to send. Default: at once. A moment that has passed is at once, too. */
  readonly at?: When;
  /** Asked for again with the same key, it is one message or one broadcast; anything else under it is refused. 200 characters at most. */
  readonly idempotencyKey?: string;
  /** How long to wait for what becomes of it, in milliseconds; 0: not at all. Default 5,000. */
  readonly wait?: number;
}

/** What a broadcast may be asked for with. */
export type BroadcastOptions = Omit<NotifyOptions, 'wait'>;

type NameIn<Known extends readonly Notification[]> = Known[number]['name'];

type DataFor<Known extends readonly Notification[], Name> =
  Extract<Known[number], { readonly name: Name }> extends Notification<string, infer Data> ? Data : never;

/** The plugin, and what programs ask of it once the engine runs. */
export interface Notifications<Known extends readonly Notification[] = readonly Notification[]> extends Plugin {
  /**
   * Sends a notification to one person, and says what became of it.
   *
   * @param to E.164.
   * @throws `error.platform.notification.unknown`, `error.platform.notification.data-malformed`,
   * `error.platform.notification.not-rendered`, `error.platform.notification.time-zone-unknown`,
   * `error.platform.notification.key-reused`, `error.platform.notification.request-malformed`,
   * `error.platform.notification.app-missing`, and what `Engine.notify` throws
   */
  notify<Name extends NameIn<Known>>(
    name: Name,
    to: string,
    data: DataFor<Known, Name>,
    options?: NotifyOptions,
  ): Promise<Notified>;

  /**
   * Sends a notification to everybody on a list, each once. Resolves when the list is stored: from then on it goes on by itself, in
   * another process too, if this one ends.
   *
   * @param recipients may come from a file or a database as they are read.
   * @throws `error.platform.notification.unknown`, `error.platform.notification.key-reused`,
   * `error.platform.notification.broadcast-receiving`, `error.platform.notification.too-many-recipients`,
   * `error.platform.notification.request-malformed`, `error.platform.notification.app-missing`, `error.platform.app.unknown`, and what
   * reading the list throws
   */
  broadcast(
    name: NameIn<Known>,
    recipients: Iterable<Recipient> | AsyncIterable<Recipient>,
    options?: BroadcastOptions,
  ): Promise<BroadcastProgress>;

  /** How far a broadcast has come. @throws `error.platform.notification.broadcast-unknown` */
  progress(broadcast: string): Promise<BroadcastProgress>;

  /**
   * Texts nobody else of a broadcast. What is scheduled or deferred fails with `error.platform.send.cancelled` when its time comes.
   *
   * @throws `error.platform.notification.broadcast-unknown`
   */
  cancelBroadcast(broadcast: string): Promise<BroadcastProgress>;
}

const DAY = 24 * 3_600_000;

/** A storage remembers for seven days at least that it has taken an id in. */
const LONGEST_REMEMBERED = 7 * DAY;

const secretSchema = z.string().min(24, 'a key has 24 characters at least');

const optionsSchema = z.strictObject({
  notifications: z
    .array(z.custom<Notification>(isNotification, 'make it with defineNotification'))
    .min(1, 'name a notification')
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'two notifications have one name'),
  apiKeys: z
    .array(
      z.union([
        secretSchema.transform((key): ApiKey => ({ key })),
        z.strictObject({ key: secretSchema, notifications: z.array(z.string()).optional() }),
      ]),
    )
    .default([]),
  locale: z.string().refine(isLocale, 'a locale is written as en-US').default('en-US'),
  timeZone: timeZoneSchema.default('UTC'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency is written as USD')
    .default('USD'),
  rememberKeys: z.number().int().positive().max(LONGEST_REMEMBERED).default(DAY),
  mostRecipients: z.number().int().positive().default(1_000_000),
});

const notifyOptionsSchema = z.strictObject({
  app: z.string().optional(),
  at: whenSchema.optional(),
  idempotencyKey: keySchema.optional(),
  wait: z.number().int().min(0).optional(),
});

const DEFAULT_WAIT = 5_000;

/** What works from `setup` on. */
interface AtWork {
  readonly sender: Sender;
  readonly broadcasts: Broadcasts;
  readonly outcomes: Outcomes;
}

/**
 * One-way texts from templates: to one person or to a list, by program or over HTTP.
 *
 * ```ts
 * export const texts = notifications({ notifications: [reminder] });
 * // plugins: [texts]
 * const { outcome } = await texts.notify('reminder', '+14155550123', { time: '2026-12-01T09:00:00' });
 * ```
 *
 * @throws `error.platform.config.malformed`, `error.platform.notification.template-malformed`
 */
export function notifications<const Known extends readonly Notification[]>(
  options: NotificationsOptions<Known>,
): Notifications<Known> {
  const { apiKeys, rememberKeys, mostRecipients, ...given } = parseOptions(optionsSchema, options, 'notifications');
  const customs: Customs = { locale: given.locale, timeZone: given.timeZone, currency: given.currency };
  const known = new Map(given.notifications.map((notification) => [notification.name, notification]));
  const remarks = given.notifications.map((one) => ({ of: one, warnings: reviewLength(one, customs) }));
  let atWork: AtWork | undefined;

  function notificationOf(name: string): Notification {
    const notification = known.get(name);
    if (notification !== undefined) return notification;
    throw new ParleyError('error.platform.notification.unknown', {
      notification: name,
      known: [...known.keys()].join(', '),
    });
  }

  function requireWork(): AtWork {
    if (atWork === undefined) throw new ParleyError('error.platform.engine.stopped');
    return atWork;
  }

  const service: Service = {
    notificationOf,
    async notify({ notification: name, to, data, app: wanted, at, idempotencyKey: key, wait = DEFAULT_WAIT }) {
      const { sender } = requireWork();
      const notification = notificationOf(name);
      const app = sender.appOf(notification, wanted);
      return sender.notify({ notification, app, to, data, at }, { key, wait });
    },
    async broadcast({ notification: name, app: wanted, at, idempotencyKey: key, lines }) {
      const { sender, broadcasts } = requireWork();
      const notification = notificationOf(name);
      const app = sender.appOf(notification, wanted);
      return broadcasts.begin({ notification, app, at, key }, lines);
    },
    progress: async (id) => requireWork().broadcasts.progress(id),
    cancel: async (id) => requireWork().broadcasts.cancel(id),
  };

  function start(context: PluginContext): AtWork {
    const { organization, messages, clock } = context;
    const outcomes = createOutcomes(messages, clock, !organization.storage.exclusive);
    const sender = createSender({ context, customs, outcomes, remember: rememberKeys });
    const remember = rememberKeys;
    const broadcasts = createBroadcasts({ context, sender, outcomes, notificationOf, remember, mostRecipients });
    return { outcomes, sender, broadcasts };
  }

  return {
    name: 'notifications',

    async setup(context) {
      const { organization, log, router } = context;
      for (const { of, warnings } of remarks) {
        requireApp(of, organization.apps);
        for (const { rule, message } of warnings) log.warn({ notification: of.name, rule }, message);
      }
      atWork = start(context);
      await atWork.broadcasts.resume();
      if (apiKeys.length > 0) addRoutes(router, apiKeys as readonly ApiKey[], service);
    },

    observeMessage: (message) => atWork?.outcomes.observe(message),

    checkOutbound: ({ record }) => atWork?.broadcasts.check(record.id),

    eraseActor: (person) => atWork?.broadcasts.erase(person),

    lint: ({ id }): readonly LintWarning[] =>
      remarks.filter(({ of }) => of.app === undefined || of.app === id).flatMap(({ warnings }) => warnings),

    async close() {
      const ended = atWork?.broadcasts.close();
      atWork?.outcomes.close();
      atWork = undefined;
      await ended;
    },

    notify: async (name, to, data, options = {}) =>
      service.notify({ notification: name, to, data, ...takeOptions(notifyOptionsSchema, options) }),

    async broadcast(name, recipients, options = {}) {
      const taken = takeOptions(notifyOptionsSchema.omit({ wait: true }), options);
      return service.broadcast({ notification: name, ...taken, lines: linesOf(recipients) });
    },

    progress: service.progress,
    cancelBroadcast: service.cancel,
  };
}

function isNotification(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'schema' in value && 'texts' in value;
}

/** Of an app that is not there it is better to hear at the start. */
function requireApp({ app }: Notification, apps: readonly App[]): void {
  if (app === undefined || apps.some(({ id }) => id === app)) return;
  throw new ParleyError('error.platform.app.unknown', { app, known: apps.map(({ id }) => id).join(', ') });
}

/** @throws `error.platform.notification.request-malformed` */
function takeOptions<Schema extends z.ZodType>(schema: Schema, options: unknown): z.output<Schema> {
  try {
    return parseOptions(schema, options, 'notify');
  } catch (error) {
    const problem = error instanceof ParleyError ? String(error.details.problem) : codeOf(error);
    throw new ParleyError('error.platform.notification.request-malformed', { problem });
  }
}

async function* linesOf(recipients: Iterable<Recipient> | AsyncIterable<Recipient>): AsyncGenerator<ListLine> {
  let line = 0;
  for await (const value of recipients) yield { line: ++line, value };
}
