import { createHash } from 'node:crypto';
import { type App, address, type MessageId, type Organization, ParleyError, type PluginContext } from '@parley/core';
import { type Composed, type Customs, compose } from './compose.ts';
import { takeData } from './definition/data.ts';
import type { Notification } from './definition/notification.ts';
import { segmentsOf } from './length.ts';
import type { Notified, Outcome } from './outcome.ts';
import type { Outcomes } from './outcomes.ts';
import { type LocalTime, momentOf } from './schedule.ts';

/** A notification that somebody asks for, once its options have been looked at. */
export interface Asked {
  readonly notification: Notification;
  readonly app: App;
  readonly to: string;
  readonly data: unknown;
  readonly at: number | LocalTime | undefined;
}

/** One that has been given to the engine. */
export interface Given {
  readonly composed: Composed;
  readonly further: readonly MessageId[];
  /** When it leaves, if not at once. */
  readonly at: number | undefined;
}

/** Sends notifications to one person. */
export interface Sender {
  /**
   * The app that sends a notification.
   *
   * @param wanted the one that a request names.
   * @throws `error.platform.notification.app-missing`, `error.platform.notification.request-malformed`, `error.platform.app.unknown`
   */
  appOf(notification: Notification, wanted: string | undefined): App;
  /**
   * Makes the text and gives it to the engine, under an id: asked for twice with the same, it is sent once.
   *
   * @throws what can not be sent, as a `ParleyError` with a status below 500.
   */
  give(asked: Asked, id: MessageId): Promise<Given>;
  /** The same, under a key that callers choose, and waits for the outcome. */
  notify(asked: Asked, options: { readonly key: string | undefined; readonly wait: number }): Promise<Notified>;
  /** What became of one that was given: waits no longer than `wait` milliseconds. */
  outcome(given: Given, first: Promise<Outcome | undefined>): Promise<Outcome>;
}

export interface SenderOptions {
  readonly context: PluginContext;
  readonly customs: Customs;
  readonly outcomes: Outcomes;
  /** For how long an idempotency key is remembered, in milliseconds. */
  readonly remember: number;
}

export function createSender({ context, customs, outcomes, remember }: SenderOptions): Sender {
  const { organization, clock, newId, claim } = context;

  async function give({ notification, app, to, data, at }: Asked, id: MessageId): Promise<Given> {
    const taken = takeData(notification, data);
    const actor = await context.actor(address(to));
    const moment = at === undefined ? undefined : momentOf(at, actor.timeZone);
    const now = moment === undefined ? clock.now() : Math.max(clock.now(), moment);
    const composed = compose(notification, { organization, app, actor, data: taken, now, id }, customs);
    const further = composed.further.map((text, index) => ({ text, id: `${id}-${index + 2}` as MessageId }));
    const { name, category, media, validFor } = notification;
    const { at: planned = moment } = await context.notify({
      ...{ app: app.id, to, name, category, media, id, text: composed.text, further },
      ...(moment === undefined ? {} : { at: moment }),
      ...(validFor === undefined ? {} : { validFor }),
    });
    return { composed, further: further.map((one) => one.id), at: planned };
  }

  async function outcome({ at }: Given, first: Promise<Outcome | undefined>): Promise<Outcome> {
    const known = await first;
    if (known !== undefined) return known;
    return at !== undefined && at > clock.now() ? { outcome: 'scheduled', until: at } : { outcome: 'pending' };
  }

  /** Has the work done under the id that a key stands for: the one of whoever came first with it. */
  async function under<Result>(
    { notification, app, to, data, at }: Asked,
    key: string | undefined,
    work: (id: MessageId) => Promise<Result>,
  ): Promise<Result> {
    const own = newId() as MessageId;
    if (key === undefined) return work(own);
    const mark = fingerprintOf({ name: notification.name, to, data, at });
    const name = `key:${app.id}:${key}`;
    const owner = await claim(name, `${own} ${mark}`, remember);
    const [id, before] = owner.split(' ') as [MessageId, string];
    if (before !== mark) throw new ParleyError('error.platform.notification.key-reused');
    try {
      return await work(id);
    } catch (error) {
      // A request that made no sense shall not take the key from the one that does.
      if (id === own && isRefusal(error)) await context.release(name, owner);
      throw error;
    }
  }

  return {
    appOf: (notification, wanted) => appOf(organization, notification, wanted),
    give,
    outcome,
    notify: (asked, { key, wait }) =>
      under(asked, key, async (id) => {
        const expected = outcomes.expect(id);
        try {
          const given = await give(asked, id);
          const isLater = given.at !== undefined && given.at > clock.now();
          const result = await outcome(given, expected.first(isLater ? 0 : wait, key !== undefined));
          return { message: id, ...result, further: given.further, segments: segmentsOf(given.composed) };
        } finally {
          expected.forget();
        }
      }),
  };
}

/** Whether it is the request that is wrong, rather than something of ours. */
export function isRefusal(error: unknown): error is ParleyError {
  return error instanceof ParleyError && error.status < 500;
}

function appOf({ apps }: Organization, notification: Notification, wanted: string | undefined): App {
  if (wanted !== undefined && notification.app !== undefined && wanted !== notification.app) {
    const problem = `the notification ${notification.name} belongs to the app ${notification.app}`;
    throw new ParleyError('error.platform.notification.request-malformed', { problem });
  }
  const id = notification.app ?? wanted ?? (apps.length === 1 ? apps[0]?.id : undefined);
  if (id === undefined) {
    throw new ParleyError('error.platform.notification.app-missing', { notification: notification.name });
  }
  const app = apps.find((one) => one.id === id);
  if (app !== undefined) return app;
  throw new ParleyError('error.platform.app.unknown', { app: id, known: apps.map((one) => one.id).join(', ') });
}

/** What was asked for, in a few characters: a key stands for one request. */
export function fingerprintOf(asked: object): string {
  const hash = createFingerprint();
  hash.add(asked);
  return hash.digest();
}

/** The same of many things in their order, one at a time. */
export function createFingerprint() {
  const hash = createHash('sha256');
  return {
    add(asked: object): void {
      hash.update(JSON.stringify(asked, inOrder));
    },
    /** Once. */
    digest: (): string => hash.digest('base64url').slice(0, 22),
  };
}

/** The same fields in another order are the same request. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
