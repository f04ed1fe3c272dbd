import type { Journey } from '@parley/api';
import { type ActivityKind, type ActivityRecord, type Engine, ParleyError } from '@parley/core';
import { outlineOf, stateValueOf } from '@parley/core/host';
import { ENDS, FunnelCount, statusOf } from '../funnel.ts';
import { pagesOf } from '../pages.ts';
import { activityView } from '../views/conversation.ts';
import type { Lens } from '../views/lens.ts';
import { definedOf, type Handlers, requireApp } from './handler.ts';

type JourneyHandlers = Pick<
  Handlers,
  'GET /journeys' | 'GET /journeys/:id' | 'GET /funnel' | 'GET /apps/:app/bots/:bot/machine'
>;

const TROUBLES: readonly ActivityKind[] = ['parked', 'halted', 'task.failed', 'hook.failed'];

/** How many entries a journey shows; those with a journal can have many. */
const MOST_ENTRIES = 1_000;

/** How many records a funnel looks at, and how many at a time. */
const MOST_FUNNEL = 20_000;
const BATCH = 1_000;

/** How many journeys are looked through for one page, where only some of them are wanted. */
const MOST_LOOKED_AT = 2_000;

export function journeyHandlers(engine: Engine): JourneyHandlers {
  const { activity, conversations } = engine.organization.storage;

  /** What is known of a journey by its start and by what came of it. */
  async function journeyOf(start: ActivityRecord, lens: Lens): Promise<Journey> {
    const { journey = '', app, bot = '', version, at, conversation } = start;
    const { activity: [end] = [] } = await activity.list({ journey, kinds: ENDS, limit: 1 });
    const { activity: troubles } = await activity.list({ journey, kinds: TROUBLES, limit: 100 });
    return {
      ...{ id: journey, conversation: lens.ids.idOf(conversation), app, bot, startedAt: at },
      status: statusOf(end),
      errors: troubles.length,
      ...definedOf({ version, endedAt: end?.at, state: end === undefined ? await stateNow(start) : end.state }),
    };
  }

  async function stateNow({ conversation, journey }: ActivityRecord): Promise<unknown> {
    const running = (await conversations.get(conversation))?.journey;
    return running?.id === journey ? running && stateValueOf(running.machine) : undefined;
  }

  return {
    async 'GET /journeys'({ query: { status, version, withErrors, longerThan, cursor, limit, ...given }, lens }) {
      const wanted = { status, version, withErrors, longerThan };
      const filter = { kinds: ['journey.started'], ...definedOf(given) } as const;
      const journeys: Journey[] = [];
      let next = cursor;
      let lookedAt = 0;
      do {
        const page = await activity.list({
          ...{ ...filter, limit: Math.min(limit - journeys.length, BATCH) },
          ...(next === undefined ? {} : { cursor: next }),
        });
        const found = await Promise.all(page.activity.map((start) => journeyOf(start, lens)));
        journeys.push(...found.filter((journey) => isWanted(journey, wanted, Date.now())));
        next = page.next;
        lookedAt += page.activity.length;
      } while (next !== undefined && journeys.length < limit && lookedAt < MOST_LOOKED_AT);
      return { journeys, ...(next === undefined ? {} : { next }) };
    },

    async 'GET /journeys/:id'({ params: { id }, lens }) {
      const { activity: [start] = [] } = await activity.list({ journey: id, kinds: ['journey.started'], limit: 1 });
      if (start === undefined) throw new ParleyError('error.platform.journey.unknown');
      const { activity: entries } = await activity.list({ journey: id, limit: MOST_ENTRIES });
      return { ...(await journeyOf(start, lens)), activity: entries.map((record) => activityView(record, lens)) };
    },

    async 'GET /funnel'({ query: { app, bot, since, until } }) {
      const kinds: readonly ActivityKind[] = ['journey.started', ...ENDS, 'track'];
      const counting = new FunnelCount();
      const query = { app, bot, kinds, ...definedOf({ since, until }), limit: BATCH };
      for await (const page of pagesOf((from) => activity.list({ ...query, ...from }))) {
        for (const record of page.activity) counting.add(record);
        if (counting.seen >= MOST_FUNNEL) break;
      }
      return counting.funnel(MOST_FUNNEL);
    },

    async 'GET /apps/:app/bots/:bot/machine'({ params, query: { version } }) {
      const app = requireApp(engine.organization, params.app);
      const bots = app.bots.filter(({ id }) => id === params.bot);
      const bot = bots.find((one) => one.version === version) ?? bots.at(-1);
      if (bot === undefined) {
        const known = app.bots.map(({ id }) => id).join(', ');
        throw new ParleyError('error.platform.bot.unknown', { app: app.id, bot: params.bot, known });
      }
      return { bot: bot.id, version: bot.version, root: { ...outlineOf(bot.machine), key: bot.id } };
    },
  };
}

/** What can be asked of a journey that only its end, or what went wrong in it, tells. */
interface Wanted {
  readonly status?: Journey['status'] | undefined;
  readonly version?: string | undefined;
  readonly withErrors?: boolean | undefined;
  readonly longerThan?: number | undefined;
}

function isWanted(journey: Journey, { status, version, withErrors, longerThan }: Wanted, now: number): boolean {
  return (
    (status === undefined || journey.status === status) &&
    (version === undefined || journey.version === version) &&
    (!withErrors || journey.errors > 0) &&
    (longerThan === undefined || (journey.endedAt ?? now) - journey.startedAt >= longerThan)
  );
}
