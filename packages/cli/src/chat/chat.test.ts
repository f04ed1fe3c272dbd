import { PassThrough, Readable } from 'node:stream';
import {
  type Address,
  address,
  anyText,
  defineApp,
  defineBot,
  defineOrganization,
  firstContact,
  handoff,
  keyword,
  type Media,
  type News,
  type Plugin,
  remember,
  say,
  setupBot,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier } from '@parley/testing';
import { describe, expect, it } from 'vitest';
import { assign, fromPromise } from 'xstate';
import { parseCommandLine } from '../command-line.ts';
import { chatByScript, choose } from './chat.ts';
import { complete } from './commands.ts';
import { Narrator } from './narrator.ts';
import { createPaint, hasColours } from './paint.ts';
import { Session } from './session.ts';
import { Terminal } from './terminal.ts';
import { World } from './world.ts';

/** How often the bot's task ran. */
const runs = { count: 0 };

const order = defineBot({
  id: 'order',
  triggers: [anyText()],
  machine: setupBot({
    types: { context: {} as { drink: string; pictures: number } },
    actors: {
      brew: fromPromise(async ({ input }: { input: string }) => {
        runs.count += 1;
        if (input === 'beer') throw new Error('No licence.');
        return `${input} no. ${runs.count}`;
      }),
    },
  }).createMachine({
    context: { drink: '', pictures: 0 },
    initial: 'asking',
    states: {
      asking: {
        entry: say('COFFEE or TEA?'),
        on: {
          'message.received': [
            {
              guard: ({ event }) => event.text === 'crash',
              actions: assign({
                drink: () => {
                  throw new TypeError('It fell.');
                },
              }),
            },
            { guard: ({ event }) => event.text === 'desk', actions: handoff('desk', 'wants to talk') },
            {
              guard: ({ event }) => event.media.length > 0,
              actions: assign({ pictures: ({ context }) => context.pictures + 1 }),
            },
            {
              target: 'brewing',
              actions: [assign({ drink: ({ event }) => event.text }), remember({ timeZone: 'America/New_York' })],
            },
          ],
          'message.failed': { actions: say('Did you get that?') },
        },
        after: { 600000: { actions: say('Still thirsty?') } },
      },
      brewing: {
        invoke: {
          src: 'brew',
          input: ({ context }) => context.drink,
          onDone: { target: 'served', actions: say(({ event }) => `Your ${event.output}.`) },
          onError: { target: 'asking', actions: say('We have none.\nTry again:') },
        },
      },
      served: { type: 'final' },
    },
  }),
});

const later = defineBot({
  id: 'later',
  triggers: [keyword('LATER')],
  machine: setupBot({}).createMachine({ entry: say('Buy now!', { category: 'marketing' }) }),
});

const patience: Plugin = {
  name: 'patience',
  checkOutbound({ record, now }) {
    if (record.category !== 'marketing' || now >= record.at + 3_600_000) return undefined;
    return { kind: 'defer', until: record.at + 3_600_000, code: 'patience.waiting', rule: 'an hour' };
  },
  rewriteOutbound: (text) => text.replace('Buy', 'BUY'),
};

const hello = defineBot({
  id: 'hello',
  triggers: [firstContact()],
  machine: setupBot({}).createMachine({ entry: say('Hello.') }),
});

const organization = defineOrganization({
  name: 'Corner Café',
  apps: [
    defineApp({ id: 'shop', number: '+14155550100', bots: [order, later] }),
    defineApp({ id: 'other', number: '+14155550101', bots: [hello] }),
  ],
  transports: { sms: new SimulatedCarrier() },
  storage: memoryStorage(),
  plugins: [patience],
});
const shop = organization.apps[0]!;
const person = address('+14155550123');
const choice = { organization, app: shop, person, log: silentLog };

async function follow(lines: readonly string[], more: Partial<typeof choice> & { bot?: string } = {}) {
  let transcript = '';
  const code = await chatByScript({ ...choice, ...more }, Readable.from([`${lines.join('\n')}\n`]), (text) => {
    transcript += text;
  });
  return { code, transcript };
}

describe('a script', () => {
  it('gives a transcript, the same every time', async () => {
    runs.count = 0;
    const lines = ['hi', '/advance 10m', 'tea', '', '/quit', 'never read'];
    expect(await follow(lines)).toEqual({
      code: 0,
      transcript: `> hi
· order, version 1, began
< COFFEE or TEA?
> /advance 10m
— Mon Jan 5, 17:10
< Still thirsty?
> tea
< Your tea no. 1.
· order ended: done
> /quit
`,
    });
  });

  it('begins with a bot that is named', async () => {
    expect((await follow([], { bot: 'later' })).transcript).toMatch(/^· later, version 1, began\n~ held back until/);
  });

  it('tells what is held back, by whom and until when, and that it came after all', async () => {
    const { transcript } = await follow(['LATER', '/advance', '/state']);
    expect(transcript).toContain(`~ held back until Mon Jan 5, 18:00, by patience, an hour\n    Buy now!\n`);
    expect(transcript).toContain('— Mon Jan 5, 18:00\n< BUY now!\n');
  });

  it('has the carrier fail with the next text, and no other', async () => {
    const { transcript } = await follow(['/fail', 'hi', '/fail 21610', 'beer', '/fail 1']);
    expect(transcript).toContain('· the next text fails with 30003, The handset is off or out of reach.');
    expect(transcript).toContain('! not delivered: 30003, The handset is off or out of reach.\n    COFFEE or TEA?\n');
    expect(transcript).toContain('< Did you get that?');
    expect(transcript).toContain(
      '! not delivered: 21610, The recipient has opted out.\n    We have none.\n    Try again:\n',
    );
    expect(transcript).toContain('! A code has five digits');
  });

  it('shows where the conversation is', async () => {
    const { transcript } = await follow(['hi', '/state']);
    expect(transcript).toContain(`· time     Mon Jan 5, 17:00 (UTC)
· bot      order, version 1
· journey  since Mon Jan 5, 17:00, until Wed Feb 4, 17:00
· state    "asking"
· context  {"drink":"","pictures":0}
· timer    after 10 min: in 10 min, Mon Jan 5, 17:10
· person   {"address":"+14155550123"}
`);
  });

  it('tells of what bots do besides, and of what they could not take in', async () => {
    const { code, transcript } = await follow(['hi', 'crash', 'beer', 'desk', 'anybody?']);
    expect(code).toBe(1);
    expect(transcript).toMatch(/! order could not take that in: TypeError: It fell\. \(.*chat\.test\.ts:\d+:\d+\)/);
    expect(transcript).toContain('! a task failed: Error\n< We have none.\n  Try again:\n< COFFEE or TEA?\n');
    expect(transcript).toContain('> desk\n· the conversation was given to desk\n> anybody?\n');
  });

  it('sends pictures, and lets one be several people', async () => {
    const { transcript } = await follow([
      'hi',
      '/media https://example.com/a.PNG',
      '/state',
      '/media a.png',
      '/as +14155550188',
      '/as Bob',
      '/state',
    ]);
    expect(transcript).toContain('"pictures":1');
    expect(transcript).toContain('! A picture has an address');
    expect(transcript).toContain('· you are +14155550188; times are in UTC\n');
    expect(transcript).toContain('! A person has a number');
    expect(transcript).toMatch(/· bot {5}none is running\n· person {2}\{"address":"\+14155550188"\}\n$/);
  });

  it('ends with 1 when a line made no sense, and says what there is', async () => {
    const { code, transcript } = await follow(['/nope', '/advance yesterday', '//hi', '/h']);
    expect(code).toBe(1);
    expect(transcript).toContain('! There is no /nope. There are /advance, /state,');
    expect(transcript).toContain('! “yesterday” is no time to come.');
    expect(transcript).toContain('> //hi\n· order, version 1, began\n');
    expect(transcript).toContain('· /undo ');
  });

  it('tells times where the person is, once that is known', async () => {
    const { transcript } = await follow(['hi', 'tea', '/advance until tomorrow 9am']);
    expect(transcript).toMatch(/— Tue Jan 6, 09:00\n$/);
    expect((await follow(['/advance 1d', '/advance'])).transcript).toContain('· Nothing is due.');
  });
});

describe('undo', () => {
  const news: News[] = [];
  const open = () => World.open({ ...choice, start: 0, onNews: (one) => news.push(one) });
  const stored = async (world: World) => {
    const { turns: _, ...rest } = (await world.conversation()) ?? { turns: 0 };
    return { rest, now: world.now, person: (await world.describePerson()).profile };
  };

  it('goes back exactly to before each thing that was done, and runs nothing again', async () => {
    const world = await open();
    const steps: (() => Promise<void> | void)[] = [
      () => world.text('hi'),
      () => world.advanceTo(600_000),
      () => world.failNext('30003'),
      () => world.text('', [{ url: 'https://example.com/a.png' } satisfies Media]),
      () => world.text('beer'),
      () => world.become('+14155550188' as Address),
      () => world.text('hi'),
      () => world.become(person),
      () => world.text('tea'),
      () => world.restart(),
    ];
    const before: unknown[] = [];
    for (const step of steps) {
      before.push(await stored(world));
      await step();
    }
    const ran = runs.count;
    for (const expected of before.reverse()) {
      expect(await world.undo()).toBeDefined();
      expect(await stored(world)).toEqual(expected);
    }
    expect(await world.undo()).toBeUndefined();
    expect(runs.count).toBe(ran);
    await world.close();
  });

  it('can be gone on from as if nothing had been', async () => {
    const { transcript } = await follow(['hi', 'desk', '/undo', '/undo', '/undo', 'hi', '/advance 10m']);
    expect(transcript.split('> /undo\n').slice(1).join('')).toBe(`· back to before “desk”: Mon Jan 5, 17:00
· back to before “hi”: Mon Jan 5, 17:00
· There is nothing to undo.
> hi
· order, version 1, began
< COFFEE or TEA?
> /advance 10m
— Mon Jan 5, 17:10
< Still thirsty?
`);
  });
});

describe('a terminal', () => {
  it('prints what is due above the line that is being typed, and goes on with it', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let seen = '';
    const until = async (text: string) => {
      while (!seen.includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
      seen = seen.slice(seen.indexOf(text) + text.length);
    };
    output.on('data', (data) => {
      seen += data;
    });
    const paint = createPaint(false);
    const news: News[] = [];
    const world = await World.open({ ...choice, start: 0, onNews: (one) => news.push(one) });
    const terminal = new Terminal({ input, output, paint, people: () => [], beat: 20 });
    const print = (lines: readonly string[]) => terminal.print(lines);
    const narrator = new Narrator({ app: shop, paint, folder: '/' });
    const session = new Session({
      world,
      narrator,
      paint,
      print,
      zone: 'UTC',
      quiet: 60_000,
      takeNews: () => news.splice(0),
    });
    const running = terminal.run(session);
    input.write('hi\r');
    await until('< COFFEE or TEA?');
    await until('> ');
    input.write('te');
    await until('te');
    await world.flow(600_000);
    await until('< Still thirsty?\n');
    await until('> te');
    input.write('a\r');
    await until('Your tea');
    input.write('/quit\r');
    await running;
    await world.close();
  });

  it('completes commands and what follows them', () => {
    expect(complete('/', [])[0]).toContain('/advance');
    expect(complete('/un', [])).toEqual([['/undo'], '/un']);
    expect(complete('/as +1', ['+14155550123', '+4412345'])).toEqual([['+14155550123'], '+1']);
    expect(complete('/fail 30', [])[0]).toContain('30003');
    expect(complete('hello', [])).toEqual([[], 'hello']);
  });

  it('has colours unless there is nobody to see them, or they are not wanted', () => {
    expect(hasColours({ isTTY: true }, {})).toBe(true);
    expect(hasColours({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(hasColours({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(hasColours({}, {})).toBe(false);
    expect(createPaint(true)('red', 'no')).toBe('\u001b[31mno\u001b[0m');
  });
});

describe('the command line', () => {
  const chosen = (...args: readonly string[]) => {
    const line = parseCommandLine(['chat', ...args]);
    if (line.kind !== 'run') throw new Error(line.kind);
    return choose(organization, line.flags);
  };

  it('says who talks to whom, and when', () => {
    expect(chosen('hello')).toMatchObject({ app: { id: 'other' }, bot: 'hello', person });
    expect(chosen('--app', 'shop', '--as', '+14155550188', '--at', '2026-03-01T12:00:00Z')).toMatchObject({
      app: { id: 'shop' },
      person: '+14155550188',
      start: Date.parse('2026-03-01T12:00:00Z'),
    });
  });

  it.each([
    [[], 'Several apps have one: name one of --app shop, --app other.'],
    [['--app', 'shop', '--as', 'Ann'], '--as takes a number such as +14155550123, not “Ann”.'],
    [['--app', 'shop', '--at', 'noon'], '--at takes a time such as 2026-01-05T17:00:00Z, not “noon”.'],
    [['helo'], 'There is no bot “helo”. Did you mean hello?'],
  ])('refuses %j', (args, problem) => {
    expect(() => chosen(...args)).toThrow(problem);
  });
});
