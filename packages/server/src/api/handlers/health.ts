import type { Counts, Health } from '@parley/api';
import type { Address, Engine, MessageTotal } from '@parley/core';
import { pagesOf } from '../pages.ts';
import { deferralOf } from '../views/message.ts';
import { ownExplanation } from '../views/own-explanation.ts';
import type { Handlers } from './handler.ts';

/** How many of each are counted: beyond it a figure is `atLeast`. */
const MOST_DUE = 10_000;
const MOST_PARKED = 1_000;
const MOST_STUCK = 1_000;

/** How many failed messages are looked through for their codes. */
const MOST_FAILURES = 20_000;

/** Among how many waiting messages deferrals are counted. */
const MOST_DEFERRED = 1_000;

/** Carriers report no more after this long, in milliseconds. */
const SILENT_FOR = 72 * 3_600_000;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** For how long somebody may still want to look into a text that nobody has reported on. */
const SILENCE_MATTERS = 30 * DAY;

/** Up to which span hours are told apart, and of how many messages: totals only know days. */
const HOURLY_SPAN = 2 * DAY;
const MOST_HOURLY = 5_000;
const BATCH = 1_000;

export function healthHandlers(engine: Engine, now: () => number): Pick<Handlers, 'GET /health'> {
  const { messages, conversations } = engine.organization.storage;

  async function deferrals(app: string | undefined): Promise<Health['deferred']> {
    const { messages: waiting } = await messages.list({
      ...{ status: 'pending', direction: 'outbound', limit: MOST_DEFERRED },
      ...(app === undefined ? {} : { app }),
    });
    const found = new Map<string, { code: string; count: number; until?: number }>();
    for (const message of waiting) {
      const verdict = deferralOf(message);
      if (verdict?.code === undefined) continue;
      const { count = 0, until } = found.get(verdict.code) ?? {};
      const soonest = Math.min(until ?? Number.POSITIVE_INFINITY, verdict.until ?? Number.POSITIVE_INFINITY);
      found.set(verdict.code, {
        ...{ code: verdict.code, count: count + 1 },
        ...(Number.isFinite(soonest) ? { until: soonest } : {}),
      });
    }
    return [...found.values()].sort((one, other) => other.count - one.count);
  }

  async function parkedCount(app: string | undefined): Promise<Health['parked']> {
    const parked = await engine.parked({ limit: MOST_PARKED, ...(app === undefined ? {} : { app }) });
    return { count: parked.length, atLeast: parked.length === MOST_PARKED };
  }

  async function stuck(app: string | undefined): Promise<Health['stuck']> {
    const { messages: silent, next } = await messages.list({
      ...{ status: 'sent', direction: 'outbound', since: now() - SILENCE_MATTERS, until: now() - SILENT_FOR },
      limit: MOST_STUCK,
      ...(app === undefined ? {} : { app }),
    });
    return { count: silent.length, atLeast: next !== undefined, status: 'sent' };
  }

  /** Every hour of the span up to now, those without a text as well. */
  async function hoursOf({ ours, ...query }: Span): Promise<Health['hours']> {
    const hours = emptyHours(query.since, Math.min(query.until, now()));
    for await (const page of pagesOf((from) => messages.list({ ...query, limit: BATCH, ...from }))) {
      for (const { at, status, ours: from } of page.messages) {
        const counts = ours === undefined || from === ours ? hours.get(hourOf(at)) : undefined;
        if (counts !== undefined) counts[status]++;
      }
    }
    return [...hours.values()];
  }

  /** What a code means to the provider of an app, or of any app where none is asked about; else to us. */
  function explained(app: string | undefined, failures: readonly { code?: string; count: number }[]) {
    const apps = engine.organization.apps.filter(({ id }) => app === undefined || id === app);
    return failures.map(({ code = 'unknown', count }) => {
      const known = apps.map(({ id }) => engine.explain({ app: id }, code));
      const explanation = known.find((one) => one !== undefined) ?? ownExplanation(code);
      return {
        ...{ code, count },
        ...(explanation === undefined
          ? {}
          : { explanation: { meaning: explanation.meaning, advice: explanation.advice } }),
      };
    });
  }

  return {
    async 'GET /health'({ query: { app, ours, since, until } }) {
      const scope = {
        ...(app === undefined ? {} : { app }),
        ...(ours === undefined ? {} : { ours: ours as Address }),
      };
      const [totals, failures, backlog, deferred, parked, silent] = await Promise.all([
        // They are of days: of the one that the span ends in as well.
        messages.totals({ ...scope, since, until: Math.ceil(until / DAY) * DAY, by: ['day', 'ours'] }),
        messages.failures({ ...scope, since, until, limit: MOST_FAILURES }),
        conversations.backlog(now(), MOST_DUE),
        deferrals(app),
        parkedCount(app),
        stuck(app),
      ]);
      const all = sum(totals);
      const isFew = Object.values(all).reduce((one, other) => one + other) <= MOST_HOURLY;
      return {
        totals: all,
        days: daysOf(totals, since, until),
        ...(isFew && until - since <= HOURLY_SPAN ? { hours: await hoursOf({ ...scope, since, until }) } : {}),
        apps: appsOf(totals),
        failures: explained(app, failures.counts),
        failuresPartial: !failures.complete,
        queue: {
          ...{ due: backlog.due, atLeast: backlog.due >= MOST_DUE },
          ...(backlog.since === undefined ? {} : { since: backlog.since }),
        },
        ...{ deferred, parked, stuck: silent },
      };
    },
  };
}

interface Span {
  readonly app?: string;
  readonly ours?: Address;
  readonly since: number;
  readonly until: number;
}

const NONE: Counts = { received: 0, pending: 0, sent: 0, delivered: 0, failed: 0 };

function sum(totals: readonly MessageTotal[]): Counts {
  const counts = { ...NONE };
  for (const { status, count } of totals) counts[status] += count;
  return counts;
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR) * HOUR;
}

function emptyHours(since: number, until: number): Map<number, Counts & { readonly hour: number }> {
  const hours = new Map<number, Counts & { readonly hour: number }>();
  for (let hour = hourOf(since); hour < until; hour += HOUR) hours.set(hour, { hour, ...NONE });
  return hours;
}

/** Every day of the span, those without a text as well. */
function daysOf(totals: readonly MessageTotal[], since: number, until: number): Health['days'] {
  const byDay = groupBy(totals, ({ day = 0 }) => day);
  const days: Health['days'] = [];
  for (let day = Math.floor(since / DAY) * DAY; day < until && days.length < 400; day += DAY) {
    days.push({ day, ...sum(byDay.get(day) ?? []) });
  }
  return days;
}

function appsOf(totals: readonly MessageTotal[]): Health['apps'] {
  const groups = groupBy(totals, ({ app, ours = '' }) => `${app} ${ours}`);
  return [...groups.values()].map((group) => ({
    app: group[0]?.app ?? '',
    ours: group[0]?.ours ?? '',
    ...sum(group),
  }));
}

/** What `Map.groupBy` does from Node 21 on. */
function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
