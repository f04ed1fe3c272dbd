import type { Counts, Health } from '@parley/api';
import type { Engine, MessageRecord, MessageTotal } from '@parley/core';
import type { Handlers } from './handler.ts';

/** How many due conversations, parked ones and stuck messages are counted. */
const MOST_COUNTED = 10_000;
const MOST_PARKED = 1_000;

/** How many failed messages are looked through for their codes. */
const MOST_FAILURES = 20_000;

/** Among how many waiting messages deferrals are counted. */
const MOST_DEFERRED = 1_000;

/** Carriers report no more after this long, in milliseconds. */
const SILENT_FOR = 72 * 3_600_000;

const DAY = 86_400_000;

export function healthHandlers(engine: Engine, now: () => number): Pick<Handlers, 'GET /health'> {
  const { messages, conversations } = engine.organization.storage;

  async function deferrals(app: string | undefined): Promise<Health['deferred']> {
    const { messages: waiting } = await messages.list({
      ...{ status: 'pending', direction: 'outbound', limit: MOST_DEFERRED },
      ...(app === undefined ? {} : { app }),
    });
    const found = new Map<string, { code: string; count: number; until?: number }>();
    for (const message of waiting) {
      const verdict = message.history.at(-1)?.verdicts?.find(({ kind }) => kind === 'defer');
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
      ...{ status: 'sent', direction: 'outbound', until: now() - SILENT_FOR, limit: MOST_DEFERRED },
      ...(app === undefined ? {} : { app }),
    });
    return { count: silent.length, atLeast: next !== undefined, status: 'sent' };
  }

  /** What a code means to the provider of the newest message that failed with it. */
  async function explained(app: string | undefined, failures: readonly { code?: string; count: number }[]) {
    const apps = engine.organization.apps.filter(({ id }) => app === undefined || id === app);
    return failures.map(({ code = 'unknown', count }) => {
      const known = apps.map(({ id }) => engine.explain({ app: id } as Pick<MessageRecord, 'app'>, code));
      const explanation = known.find((one) => one !== undefined);
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
        ...(ours === undefined ? {} : { ours: ours as never }),
      };
      const [totals, failures, backlog, deferred, parked, silent] = await Promise.all([
        messages.totals({ ...scope, since, until, by: ['day', 'ours'] }),
        messages.failures({ ...scope, since, until, limit: MOST_FAILURES }),
        conversations.backlog(now(), MOST_COUNTED),
        deferrals(app),
        parkedCount(app),
        stuck(app),
      ]);
      return {
        totals: sum(totals),
        days: daysOf(totals, since, until),
        apps: appsOf(totals),
        failures: await explained(app, failures.counts),
        failuresPartial: !failures.complete,
        queue: {
          ...{ due: backlog.due, atLeast: backlog.due >= MOST_COUNTED },
          ...(backlog.since === undefined ? {} : { since: backlog.since }),
        },
        ...{ deferred, parked, stuck: silent },
      };
    },
  };
}

function sum(totals: readonly MessageTotal[]): Counts {
  const counts = { received: 0, pending: 0, sent: 0, delivered: 0, failed: 0 };
  for (const { status, count } of totals) counts[status] += count;
  return counts;
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
