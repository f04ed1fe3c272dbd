import type { Funnel, Journey } from '@parley/api';
import { type ActivityKind, type ActivityQuery, type ActivityRecord, type Engine, ParleyError } from '@parley/core';
import { outlineOf } from '@parley/core/host';
import { activityView, stateOf } from '../views/conversation.ts';
import type { Lens } from '../views/message.ts';
import { definedOf, type Handlers } from './handler.ts';

type JourneyHandlers = Pick<
  Handlers,
  'GET /journeys' | 'GET /journeys/:id' | 'GET /funnel' | 'GET /apps/:app/bots/:bot/machine'
>;

const ENDS: readonly ActivityKind[] = ['journey.ended', 'journey.expired'];
const TROUBLES: readonly ActivityKind[] = ['parked', 'halted', 'task.failed', 'hook.failed'];

/** How many entries a journey shows; those with a journal can have many. */
const MOST_ENTRIES = 1_000;

/** How many records a funnel looks at, and how many at a time. */
const MOST_FUNNEL = 20_000;
const BATCH = 1_000;

/** How many journeys are looked through for one page of those with a status. */
const MOST_LOOKED_AT = 2_000;

export function journeyHandlers(engine: Engine): JourneyHandlers {
  const { activity, conversations } = engine.organization.storage;

  /** What is known of a journey by its start and by what came of it. */
  async function journeyOf(start: ActivityRecord, lens: Lens): Promise<Journey> {
    const { journey = '', app, bot = '', at, conversation } = start;
    const { activity: [end] = [] } = await activity.list({ journey, kinds: ENDS, limit: 1 });
    const { activity: troubles } = await activity.list({ journey, kinds: TROUBLES, limit: 100 });
    return {
      ...{ id: journey, conversation: lens.ids.idOf(conversation), app, bot, startedAt: at },
      status: statusOf(end),
      errors: troubles.length,
      ...definedOf({ endedAt: end?.at, state: end === undefined ? await stateNow(start) : end.state }),
    };
  }

  async function stateNow({ conversation, journey }: ActivityRecord): Promise<unknown> {
    const running = (await conversations.get(conversation))?.journey;
    return running?.id === journey ? running && stateOf(running) : undefined;
  }

  async function* walk(query: Omit<ActivityQuery, 'limit'>, most: number): AsyncGenerator<ActivityRecord> {
    let cursor: string | undefined;
    let left = most;
    do {
      const limit = Math.min(BATCH, left);
      const page = await activity.list({ ...query, limit, ...(cursor === undefined ? {} : { cursor }) });
      yield* page.activity;
      left -= page.activity.length;
      cursor = page.next;
    } while (cursor !== undefined && left > 0);
  }

  return {
    async 'GET /journeys'({ query: { status, cursor, limit, ...given }, lens }) {
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
        journeys.push(...found.filter((journey) => status === undefined || journey.status === status));
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
      const counting = new Counting();
      const query = { app, bot, kinds, ...definedOf({ since, until }) };
      for await (const record of walk(query, MOST_FUNNEL)) counting.add(record);
      return counting.funnel(MOST_FUNNEL);
    },

    async 'GET /apps/:app/bots/:bot/machine'({ params, query: { version } }) {
      const app = engine.organization.apps.find(({ id }) => id === params.app);
      if (app === undefined) throw unknownApp(engine, params.app);
      const bots = app.bots.filter(({ id }) => id === params.bot);
      const bot = bots.find((one) => one.version === version) ?? bots.at(-1);
      if (bot === undefined) {
        const known = app.bots.map(({ id }) => id).join(', ');
        throw new ParleyError('error.platform.bot.unknown', { app: app.id, bot: params.bot, known });
      }
      return { bot: bot.id, version: bot.version, root: outlineOf(bot.machine) };
    },
  };
}

export function unknownApp({ organization }: Engine, app: string): ParleyError {
  return new ParleyError('error.platform.app.unknown', {
    app,
    known: organization.apps.map(({ id }) => id).join(', '),
  });
}

function statusOf(end: ActivityRecord | undefined): Journey['status'] {
  if (end === undefined) return 'running';
  return end.kind === 'journey.expired' ? 'expired' : ((end.name ?? 'ended') as Journey['status']);
}

/** Adds up what became of journeys, which come newest first: an end before its start. */
class Counting {
  readonly #ends = new Map<string, number>();
  readonly #dropped = new Map<string, Funnel['dropped'][number]>();
  readonly #tracked = new Map<string, number>();
  #seen = 0;
  #started = 0;
  #done = 0;
  #running = 0;
  #time = 0;
  #timed = 0;

  add(record: ActivityRecord): void {
    const { kind, journey = '', at, name = '' } = record;
    this.#seen += 1;
    if (kind === 'track') this.#tracked.set(name, (this.#tracked.get(name) ?? 0) + 1);
    else if (kind === 'journey.started') this.#start(journey, at);
    else this.#end(record);
  }

  #start(journey: string, at: number): void {
    this.#started += 1;
    const end = this.#ends.get(journey);
    if (end === undefined) this.#running += 1;
    else if (end > 0) {
      this.#time += end - at;
      this.#timed += 1;
    }
  }

  #end(record: ActivityRecord): void {
    const { journey = '', at, state } = record;
    const status = statusOf(record);
    // Only those that are done tell how long it takes.
    this.#ends.set(journey, status === 'done' ? at : 0);
    if (status === 'done') {
      this.#done += 1;
      return;
    }
    for (const path of pathsOf(state)) {
      const known = this.#dropped.get(`${status} ${path}`) ?? { state: path, status, count: 0 };
      this.#dropped.set(`${status} ${path}`, { ...known, count: known.count + 1 });
    }
  }

  funnel(most: number): Funnel {
    return {
      started: this.#started,
      done: this.#done,
      running: this.#running,
      dropped: [...this.#dropped.values()].sort((one, other) => other.count - one.count),
      tracked: [...this.#tracked].map(([name, count]) => ({ name, count })),
      partial: this.#seen >= most,
      ...(this.#timed === 0 ? {} : { averageDuration: this.#time / this.#timed }),
    };
  }
}

/** The innermost states of a state value, as dotted paths. */
export function pathsOf(value: unknown, above: readonly string[] = []): readonly string[] {
  if (typeof value === 'string') return [[...above, value].join('.')];
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) return [above.join('.')];
  return Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...above, key]));
}
