import {
  type AppOptions,
  ARCHIVE_PARTS,
  address,
  anyText,
  type Bot,
  conversationKey,
  defineApp,
  defineBot,
  defineOrganization,
  handoff,
  keyword,
  type Organization,
  type Plugin,
  remember,
  say,
  setupBot,
  startBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, fromPromise } from 'xstate';
import { parseCommandLine } from '../command-line.ts';
import { replayJourneys, wantedOf } from './replay.ts';
import { createReport } from './report.ts';

const HOUR = 3_600_000;

/** What the bot can be changed in. */
interface Changes {
  readonly greeting?: string;
  /** How long it waits, in milliseconds. */
  readonly patience?: number;
  readonly version?: string;
  readonly task?: 'brew' | 'mix';
  /** What its task is given besides. */
  readonly extra?: string;
  /** Whether it throws at “crash”. */
  readonly strict?: boolean;
}

/** A bot with all that there is to run again: timers, tasks, fates, handoff, what it throws at, and a bot that follows. */
function order({
  greeting = 'COFFEE or TEA',
  patience = HOUR,
  version = '1',
  task = 'brew',
  extra = '',
  strict = true,
}: Changes = {}): Bot {
  return defineBot({
    id: 'order',
    version,
    triggers: [anyText()],
    machine: setupBot({
      types: { context: {} as { drink: string; at: Date; tries: number } },
      actors: {
        brew: fromPromise(async ({ input }: { input: string }) => {
          if (input === 'beer') throw Object.assign(new Error('No licence.'), { code: 'licence' });
          return { drink: input, at: new Date('2026-02-03T04:05:06Z') };
        }),
        mix: fromPromise(async ({ input }: { input: string }) => ({ drink: input, at: new Date() })),
      },
      delays: { patience },
    }).createMachine({
      context: { drink: '', at: new Date(0), tries: 0 },
      initial: 'asking',
      states: {
        asking: {
          entry: say(({ context }) => (context.tries === 0 ? `${greeting}?` : 'Try again:')),
          on: {
            'message.received': [
              {
                guard: ({ event }) => event.text === 'crash',
                actions: say(({ event }) => {
                  if (strict) throw new TypeError(`It fell over ${event.text}.`);
                  return 'Nothing falls.';
                }),
              },
              { guard: ({ event }) => event.text === 'desk', actions: handoff('desk') },
              {
                guard: ({ event }) => event.text === 'survey',
                target: 'served',
                actions: startBot('survey', { stars: 5 }),
              },
              { guard: ({ event }) => event.text === 'hm' },
              { target: 'brewing', actions: assign({ drink: ({ event }) => event.text }) },
            ],
            'message.failed': { actions: say('Did you get that?') },
            'conversation.resumed': { actions: say('Here I am again.') },
          },
          after: {
            patience: {
              target: 'waiting',
              actions: [say('Still thirsty?'), assign({ tries: ({ context }) => context.tries + 1 })],
            },
          },
        },
        waiting: { on: { 'message.received': 'asking' }, after: { 86400000: 'served' } },
        brewing: {
          entry: say('One moment.'),
          invoke: {
            src: task,
            input: ({ context }) => `${context.drink}${extra}`,
            onDone: {
              target: 'served',
              actions: [
                assign({ at: ({ event }) => event.output.at }),
                say(({ context }) => `Your ${context.drink}, of ${context.at.toISOString()}.`),
                remember({ attributes: { regular: true } }),
              ],
            },
            onError: { target: 'asking', actions: say(({ event }) => `No: ${(event.error as { code: string }).code}`) },
          },
        },
        served: { type: 'final' },
      },
    }),
  });
}

const survey = defineBot({
  id: 'survey',
  triggers: [keyword('RATE')],
  machine: setupBot({ types: { context: {} as { name: string; stars: unknown } } }).createMachine({
    context: ({ input }) => ({
      name: input.actor.firstName ?? '',
      stars: (input.data as { stars?: number } | undefined)?.stars,
    }),
    initial: 'start',
    states: {
      start: { always: [{ guard: ({ context }) => context.name !== '', target: 'rating' }, { target: 'naming' }] },
      naming: {
        entry: say('Who are you?'),
        on: {
          'message.received': {
            target: 'rating',
            actions: [
              assign({ name: ({ event }) => event.text }),
              remember(({ event }) => ({ firstName: event.text })),
            ],
          },
        },
      },
      rating: {
        entry: say(({ context }) => `${context.name}, ${context.stars ?? 'how many'} stars?`),
        on: { 'message.received': 'thanked' },
        after: { [2 * HOUR]: { target: 'thanked', actions: say('No? Fine.') } },
      },
      thanked: { entry: say('Thank you.'), type: 'final' },
    },
  }),
});

/** Is told the text that it begins with as an event. */
const echo = defineBot({
  id: 'echo',
  triggers: [keyword('ECHO')],
  firstText: 'event',
  conflict: 'replace',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => `You said ${event.text}.`) } },
  }),
});

/** Answers HELP, and ends journeys at STOP. */
const stop: Plugin = {
  name: 'stop',
  interceptInbound: ({ message }) => {
    if (message.text === 'HELP') return { reply: 'Help is on the way.' };
    return message.text === 'STOP' ? { reply: 'You are out.', endJourney: true } : undefined;
  },
};

function cafe(bots: readonly Bot[], options: Partial<AppOptions> = {}): Organization {
  return defineOrganization({
    name: 'Café',
    apps: [
      defineApp({
        id: 'cafe',
        number: '+14155550100',
        fallback: 'Sorry!',
        pace: { perSecond: 1000 },
        ...options,
        bots,
      } as AppOptions),
    ],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins: [stop],
  });
}

type Deed = string | { readonly hours: number } | ((sim: Simulation) => unknown);

const ANN = address('+14155550123');
const KEY = conversationKey(address('+14155550100'), ANN);

/** Has somebody do things with an organization, and gives what was recorded. */
async function record(organization: Organization, deeds: readonly Deed[]): Promise<Simulation> {
  const sim = await simulate(organization);
  const ann = sim.actor(ANN);
  for (const deed of deeds) {
    if (typeof deed === 'string') await ann.text(deed);
    else if (typeof deed === 'function') await deed(sim);
    else await sim.advance(deed);
    // Two things at one moment are for the test of all scripts.
    await sim.advance({ seconds: 1 });
  }
  return sim;
}

async function replayed(sim: Simulation, organization: Organization, wanted: { bot?: string; since?: number } = {}) {
  const results = await replayJourneys(organization, sim.organization.storage, { limit: 100, ...wanted });
  return createReport(results);
}

const all: readonly Deed[] = [
  'hi',
  'crash',
  'beer',
  { hours: 2 },
  'hello?',
  'desk',
  'is anybody there?',
  { hours: 5 },
  (sim) => sim.engine.resume(KEY),
  'HELP',
  'hm',
  (sim) => sim.actor(ANN).carrier({ kind: 'lose', code: '30003' }, { once: true }),
  'tea',
  'again',
  'STOP',
  'and again',
  'survey',
  'Ann',
  { hours: 3 },
  'RATE',
  'hi',
  { hours: 30 },
];

const counts = (report: ReturnType<typeof createReport>) => {
  const { results: _, ...rest } = report.json as Record<string, unknown>;
  return rest;
};

describe('journeys of the same code', () => {
  it.each([
    ['with a journal', {}, { same: 4, differ: 0, partly: 0, skipped: 0 }],
    ['of a published app', { mode: 'published', journal: true }, { same: 4, differ: 0, partly: 0, skipped: 0 }],
    ['that gathers texts', { debounce: { window: 500, atMost: 2_000 } }, { same: 4, differ: 0, partly: 0, skipped: 0 }],
  ] as const)('say the same, %s', async (_, options, expected) => {
    const sim = await record(cafe([order(), survey], options), all);
    const report = await replayed(sim, cafe([order(), survey], options));
    expect(report.text).toBe('Of 4 journeys\n  4 as before\n');
    expect(counts(report)).toEqual({ journeys: 4, ...expected });
    await sim.close();
  });

  it('say the same as far as they can be run without a journal', async () => {
    const published = { mode: 'published' } as const;
    const sim = await record(cafe([order(), survey], published), all);
    const report = await replayed(sim, cafe([order(), survey], published));
    expect(report.text).toBe(`Of 4 journeys
  3 as before
  1 as before as far as they can be run again
What can not be run again:
  1: results of tasks are kept in a journal only
`);
    await sim.close();
  });

  const deed = fc.oneof<fc.Arbitrary<Deed>[]>(
    fc.constantFrom('hi', 'tea', 'beer', 'hm', 'crash', 'desk', 'survey', 'RATE', 'HELP', 'STOP', 'Ann', 'ECHO'),
    fc.constantFrom({ hours: 0.5 }, { hours: 1 }, { hours: 25 }, { hours: 100 }),
    fc.constantFrom(
      (sim: Simulation) => sim.engine.resume(KEY).catch(() => {}),
      (sim: Simulation) => sim.engine.skipAhead(KEY, HOUR).catch(() => {}),
      (sim: Simulation) => sim.engine.retryParked(KEY).catch(() => {}),
      (sim: Simulation) => sim.engine.handOver(KEY, { to: 'desk' }).catch(() => {}),
      (sim: Simulation) =>
        sim.engine
          .startJourney({ app: 'cafe', to: ANN, bot: 'survey', data: { stars: 3 }, conflict: 'replace' })
          .catch(() => {}),
      (sim: Simulation) => sim.actor(ANN).carrier({ kind: 'lose', code: '30008' }, { once: true }),
    ),
  );

  it('say the same whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 12 }), async (deeds) => {
        const sim = await record(cafe([order(), survey, echo]), deeds);
        const report = await replayed(sim, cafe([order(), survey, echo]));
        await sim.close();
        expect(report.text).not.toMatch(/differently|can not be run/);
      }),
      { numRuns: 25 },
    );
  });
});

describe('journeys of other code', () => {
  const told = async (deeds: readonly Deed[], bots: readonly Bot[], options: Partial<AppOptions> = {}) => {
    const sim = await record(cafe([order(), survey], options), deeds);
    const { text, differ } = await replayed(sim, cafe(bots, options));
    await sim.close();
    return { text, differ };
  };

  it('are shown where something else would be said, with a little around it', async () => {
    const changed = order({ greeting: 'TEA or COFFEE', version: '2' });
    expect(await told(['hi', 'beer', 'tea'], [changed, order(), survey])).toEqual({
      differ: 1,
      text: `cafe/order, version 1, now 2, in …0100/…0123 since 2026-01-05 17:00 UTC
    > hi
  - < COFFEE or TEA?
  + < TEA or COFFEE?
    > beer
    < One moment.
    < No: licence
  - < COFFEE or TEA?
  + < TEA or COFFEE?
    > tea
    < One moment.
    …

Of 1 journey
  1 differently
`,
    });
  });

  it('are shown where it would be said at another time, and where they would end elsewhere', async () => {
    const { text } = await told(['hi', { hours: 3 }], [order({ patience: 2 * HOUR }), survey], { mode: 'published' });
    expect(text).toContain('  ~ < Still thirsty? (1 h later)\n');
    const { text: slow } = await told(['hi', { hours: 3 }], [order({ patience: 6 * HOUR }), survey]);
    expect(slow).toContain('  ~ < Still thirsty? (5 h later)\n');
    expect(slow).toContain('    (ended running in waiting, would now be running in asking)\n');
  });

  it('are shown where a mistake was mended, or made', async () => {
    const { text } = await told(['hi', 'crash', 'hm'], [order({ strict: false }), survey]);
    expect(text).toContain('    > crash\n  - ! error.platform.journey.failed\n  - < Sorry!\n  + < Nothing falls.\n');
    const sim = await record(cafe([order({ strict: false }), survey]), ['hi', 'crash', 'hm']);
    const broken = await replayed(sim, cafe([order(), survey]));
    expect(broken.text).toContain('  - < Nothing falls.\n  + ! TypeError: It fell over crash.\n  + < Sorry!\n');
    await sim.close();
  });

  it('are run as far as results of tasks are known', async () => {
    const { text, differ } = await told(['hi', 'tea'], [order({ task: 'mix' }), survey]);
    expect(differ).toBe(0);
    expect(text).toContain('1 as before as far as they can be run again\n');
    expect(text).toContain('  1: the task mix has no recorded result\n');
  });

  it('are doubted where a task would be given something else', async () => {
    const { text } = await told(['hi', 'tea'], [order({ extra: ' with milk', greeting: 'What' }), survey]);
    expect(text).toContain('    < One moment.\n    …\n');
    expect(text).toContain('    (the task brew would be given something else than the one whose result is recorded)\n');
  });

  it('are shown where another bot would begin', async () => {
    const eager = defineBot({ id: 'survey', machine: survey.machine, triggers: [keyword('HI')] });
    const { text } = await told(['hi', 'Ann'], [order(), eager]);
    expect(text).toContain('    > hi\n  - < COFFEE or TEA?\n  + < Who are you?\n');
  });

  it('can not be run when their bot or their app is gone', async () => {
    expect((await told(['hi', 'survey', 'Ann', 'x'], [survey])).text).toContain('  1: the app cafe has no bot order\n');
    const sim = await record(cafe([order(), survey]), ['hi']);
    const other = { ...cafe([order()]), apps: [] };
    expect((await replayed(sim, other)).text).toContain('  1: there is no app cafe\n');
    await sim.close();
  });

  it('keep what is confidential, and numbers, to themselves', async () => {
    const changed = [order({ greeting: 'Call +14155550199' }), survey];
    const { text } = await told(['hi', 'hm'], changed, { confidential: true, journal: true });
    expect(text).toContain('    > (2 characters)\n  - < (14 characters)\n  + < (18 characters)\n');
    const open = await told(['hi', 'hm'], changed);
    expect(open.text).toContain('  + < Call …0199?\n');
    expect(`${text}${open.text}`).not.toMatch(/\+1\d{10}/);
  });
});

describe('what is run again', () => {
  it('is chosen by bot, moment and number', async () => {
    const sim = await record(cafe([order(), survey]), [
      'hi',
      'tea',
      { hours: 1 },
      'RATE',
      'Ann',
      'x',
      { hours: 1 },
      'hi',
      'tea',
    ]);
    const count = async (wanted: Parameters<typeof replayJourneys>[2]) =>
      (await replayJourneys(sim.organization, sim.organization.storage, wanted)).map(({ bot }) => bot);
    expect(await count({ limit: 10 })).toEqual(['order', 'survey', 'order']);
    expect(await count({ limit: 2 })).toEqual(['survey', 'order']);
    expect(await count({ limit: 10, bot: 'survey' })).toEqual(['survey']);
    expect(await count({ limit: 10, since: sim.clock.now() - HOUR })).toEqual(['order']);
    expect(await count({ limit: 10, app: 'other' })).toEqual([]);
    expect(createReport([]).text).toBe('There is no journey to run again.\n');
    await sim.close();
  });

  it('is asked for on the command line', () => {
    const wanted = (...args: readonly string[]) => {
      const line = parseCommandLine(['replay', ...args]);
      if (line.kind !== 'run') throw new Error(line.kind);
      return wantedOf(line.flags, Date.parse('2026-01-08T00:00:00Z'));
    };
    expect(wanted()).toEqual({ limit: 1_000 });
    expect(wanted('order', '--since', '7d', '--limit', '5', '--app', 'cafe')).toEqual({
      ...{ app: 'cafe', bot: 'order', limit: 5, since: Date.parse('2026-01-01T00:00:00Z') },
    });
    expect(wanted('--since', '2026-01-05').since).toBe(Date.parse('2026-01-05'));
    expect(() => wanted('--since', 'yesterday')).toThrow('--since takes a time such as 2026-01-05');
    expect(() => wanted('--limit', 'few')).toThrow('--limit takes a number');
  });

  it('knows of a person what their bots had learned by then', async () => {
    const published = { mode: 'published' } as const;
    const sim = await record(cafe([survey], published), ['RATE', 'Ann', 'five', { hours: 1 }, 'RATE', 'four']);
    const report = await replayed(sim, cafe([survey], published), { since: sim.clock.now() - HOUR / 2 });
    expect(report.text).toBe('Of 1 journey\n  1 as before\n');
    await sim.close();
  });

  it('ends where texts were redacted', async () => {
    const published = { mode: 'published' } as const;
    const sim = await record(cafe([survey], published), ['RATE', { hours: 1 }, 'Ann', 'five']);
    const { storage } = sim.organization;
    await storage.prune({ before: sim.clock.now() - 60_000, mode: 'redact', what: 'messages', limit: 100 });
    expect((await replayed(sim, cafe([survey], published))).text).toContain('  1: its texts were redacted\n');
    await sim.close();
    const journaled = await record(cafe([survey]), ['RATE', 'Ann']);
    await journaled.organization.storage.prune({
      before: journaled.clock.now(),
      mode: 'redact',
      what: 'activity',
      limit: 100,
    });
    expect((await replayed(journaled, cafe([survey]))).text).toContain('  1: its journal was redacted\n');
    await journaled.close();
  });

  it('is told to programs, too', async () => {
    const sim = await record(cafe([order(), survey]), ['hi', 'tea']);
    const report = await replayed(sim, cafe([order({ greeting: 'What', version: '2' }), survey]));
    expect(report.json).toMatchObject({
      ...{ journeys: 1, same: 0, differ: 1, partly: 0, skipped: 0 },
      results: [
        {
          ...{ conversation: '…0100/…0123', app: 'cafe', bot: 'order', version: '1', now: '2', verdict: 'differs' },
          end: { before: { how: 'done', state: 'served' }, after: { how: 'done', state: 'served' }, differs: false },
          lines: [
            { mark: 'same', kind: 'heard', text: 'hi' },
            { mark: 'gone', kind: 'said', text: 'COFFEE or TEA?' },
            { mark: 'new', kind: 'said', text: 'What?' },
            { mark: 'same', kind: 'heard', text: 'tea' },
            { mark: 'same', text: 'One moment.' },
            { mark: 'same', text: 'Your tea, of 2026-02-03T04:05:06.000Z.' },
          ],
        },
      ],
    });
    await sim.close();
  });

  it('writes nothing', async () => {
    const sim = await record(cafe([order(), survey]), all);
    const before = JSON.stringify(await everything(sim));
    await replayed(sim, cafe([order({ greeting: 'What' }), survey]));
    expect(JSON.stringify(await everything(sim))).toBe(before);
    await sim.close();
  });
});

async function everything({ organization: { storage } }: Simulation) {
  return Promise.all(ARCHIVE_PARTS.map((part) => storage.archive.read(part, { limit: 10_000 })));
}
