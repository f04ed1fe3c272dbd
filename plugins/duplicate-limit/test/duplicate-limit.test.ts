import {
  type AppOptions,
  anyText,
  type Bot,
  defineApp,
  defineBot,
  defineOrganization,
  type MessageRecord,
  type Plugin,
  say,
  setupBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type DuplicateLimitOptions, duplicateLimit } from '../src/index.ts';

const CODE = 'error.platform.message-limiter.duplicate-message-sent';
const ANN = '+14155550123';
const BEN = '+14155550124';

let sim: Simulation;

afterEach(() => sim.close());

interface World {
  readonly options?: DuplicateLimitOptions;
  readonly bots?: readonly Bot[];
  readonly plugins?: readonly Plugin[];
  readonly app?: Partial<AppOptions>;
}

async function start({ options = {}, bots = [], plugins = [], app = {} }: World = {}): Promise<void> {
  const parts = { mode: 'published', pace: { perSecond: 1000 }, bots, ...app } as const;
  sim = await simulate(
    defineOrganization({
      name: 'Test',
      apps: [
        defineApp({ id: 'one', number: '+14155550100', ...parts }),
        defineApp({ id: 'two', number: '+14155550101', ...parts }),
      ],
      transports: { sms: new SimulatedCarrier() },
      storage: memoryStorage(),
      plugins: [duplicateLimit(options), ...plugins],
    }),
  );
}

/** Sends a notification and answers with what became of it. */
async function notify(
  text: string,
  more: { readonly to?: string; readonly app?: string; readonly media?: string } = {},
) {
  const { to = ANN, app = 'one', media } = more;
  const request = { app, to, name: 'test', text, ...(media === undefined ? {} : { media: [{ url: media }] }) };
  const { message } = await sim.engine.notify(request);
  await sim.advance({ seconds: 1 });
  return outcomeOf((await sim.messages()).find(({ id }) => id === message));
}

/** `delivered`, or the code with which it has failed. */
function outcomeOf(message: MessageRecord | undefined): string | undefined {
  return message?.error?.code ?? message?.status;
}

/** Answers every text with the same words. */
const parrot = defineBot({
  id: 'parrot',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({ on: { 'message.received': { actions: say('Which day suits you?') } } }),
});

describe('the same text to the same number', () => {
  it('is refused for 30 minutes from the send of the first on', async () => {
    await start();
    expect(await notify('Hello')).toBe('delivered');
    await sim.advance({ minutes: 29, seconds: 50 });
    expect(await notify('Hello')).toBe(CODE);
    await sim.advance({ seconds: 10 });
    expect(await notify('Hello')).toBe('delivered');
    expect(sim.actor(ANN, 'one').received.map(({ text }) => text)).toEqual(['Hello', 'Hello']);
  });

  it('goes out once of a hundred that are asked for at once', async () => {
    await start();
    const request = { app: 'one', to: ANN, name: 'test', text: 'Hello' };
    await Promise.all(Array.from({ length: 100 }, () => sim.engine.notify(request)));
    await sim.advance({ minutes: 1 });
    const outcomes = (await sim.messages()).map(outcomeOf);
    expect(outcomes.filter((outcome) => outcome === 'delivered')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === CODE)).toHaveLength(99);
    expect(sim.actor(ANN, 'one').received).toHaveLength(1);
  });

  it('is refused with the end of the window and the way to go on testing', async () => {
    await start();
    await notify('Hello');
    await sim.advance({ minutes: 10 });
    await notify('Hello');
    const [{ error }] = (await sim.messages()) as [MessageRecord];
    expect(error?.reason).toContain('until 2026-01-05T17:30:00.000Z (20 minutes from now)');
    expect(error?.reason).toContain('make it unique');
    expect(error?.reason).not.toContain('Hello');
  });

  it('is no duplicate in an app that is in preview', async () => {
    await start({ app: { mode: 'preview' } });
    for (let times = 0; times < 3; times++) expect(await notify('Hello')).toBe('delivered');
  });

  it.each([
    ['another text', () => notify('Hello!')],
    ['upper case', () => notify('HELLO')],
    ['another person', () => notify('Hello', { to: BEN })],
    ['another app', () => notify('Hello', { app: 'two' })],
    ['a picture with it', () => notify('Hello', { media: 'https://example.com/a.png' })],
  ])('is something else: %s', async (_, send) => {
    await start();
    await notify('Hello');
    expect(await send()).toBe('delivered');
  });

  it.each([
    ['blanks and lines', 'See  you\n at nine ', ' See you at nine'],
    ['how accents are written', 'Cafe\u0301 at nine', 'Caf\u00E9 at nine'],
    ['blanks that do not break', 'at\u00A0nine', 'at nine'],
    ['what nobody sees', 'at\u200B nine', 'at nine'],
  ])('is the same whatever %s', async (_, one, other) => {
    await start();
    expect(await notify(one)).toBe('delivered');
    expect(await notify(other)).toBe(CODE);
  });

  it('is known by its pictures where it has no words', async () => {
    await start();
    expect(await notify('', { media: 'https://example.com/a.png' })).toBe('delivered');
    expect(await notify('', { media: 'https://example.com/b.png' })).toBe('delivered');
    expect(await notify('', { media: 'https://example.com/a.png' })).toBe(CODE);
  });

  it('is compared before plugins rewrite it', async () => {
    let count = 0;
    const footer: Plugin = { name: 'footer', rewriteOutbound: (text) => `${text} #${++count}` };
    await start({ plugins: [footer] });
    expect(await notify('Hello')).toBe('delivered');
    expect(await notify('Hello')).toBe(CODE);
  });

  it('counts across apps if the scope is the organization', async () => {
    await start({ options: { scope: 'organization' } });
    expect(await notify('Hello')).toBe('delivered');
    expect(await notify('Hello', { app: 'two' })).toBe(CODE);
  });

  it('is refused for as long as it is told', async () => {
    await start({ options: { window: 60_000 } });
    await notify('Hello');
    expect(await notify('Hello')).toBe(CODE);
    await sim.advance({ seconds: 60 });
    expect(await notify('Hello')).toBe('delivered');
  });
});

describe('a claim', () => {
  it('is free again when the carrier did not take the text', async () => {
    await start();
    const ann = sim.actor(ANN, 'one');
    ann.carrier({ kind: 'refuse', code: '21610' });
    expect(await notify('Hello')).toBe('21610');
    ann.carrier({ kind: 'deliver' });
    expect(await notify('Hello')).toBe('delivered');
    expect(await notify('Hello')).toBe(CODE);
  });

  it('is free again when the opt-out that comes later has denied the text', async () => {
    let denies = true;
    const optOut: Plugin = {
      name: 'opt-out',
      enforce: 'opt-out',
      checkOutbound: () => (denies ? { kind: 'deny', code: 'opted-out', reason: 'No.' } : undefined),
    };
    await start({ plugins: [optOut] });
    expect(await notify('Hello')).toBe('opted-out');
    denies = false;
    expect(await notify('Hello')).toBe('delivered');
  });

  it.each([
    ['holds', true, CODE],
    ['is free again, if so told,', false, 'delivered'],
  ])('%s when the text was lost on its way', async (_, countFailed, outcome) => {
    await start({ options: { countFailed } });
    sim.actor(ANN, 'one').carrier({ kind: 'lose', code: '30003' });
    expect(await notify('Hello')).toBe('30003');
    sim.actor(ANN, 'one').carrier({ kind: 'deliver' });
    expect(await notify('Hello')).toBe(outcome);
  });

  it('begins anew with the send that comes about, when earlier ones did not', async () => {
    await start();
    const ann = sim.actor(ANN, 'one');
    ann.carrier({ kind: 'unreachable' });
    await notify('Hello');
    await sim.advance({ minutes: 25 });
    ann.carrier({ kind: 'deliver' });
    await sim.advance({ minutes: 20 });
    expect(ann.received).toHaveLength(1);
    const sentAt = ann.received[0]?.at ?? 0;
    expect(sentAt).toBeGreaterThan(Date.parse('2026-01-05T17:25:00Z'));
    await sim.advance({ milliseconds: sentAt + 29 * 60_000 - sim.clock.now() });
    expect(await notify('Hello')).toBe(CODE);
  });

  it('is not taken by a text that another policy holds back', async () => {
    const until = Date.parse('2026-01-05T18:00:00Z');
    const quiet: Plugin = {
      name: 'quiet',
      checkOutbound: ({ record, now }) =>
        record.origin.kind === 'notification' && record.origin.name === 'late' && now < until
          ? { kind: 'defer', until, code: 'quiet' }
          : undefined,
    };
    await start({ plugins: [quiet] });
    await sim.engine.notify({ app: 'one', to: ANN, name: 'late', text: 'Hello' });
    expect(await notify('Hello')).toBe('delivered');
    await sim.advance({ hours: 2 });
    expect(sim.actor(ANN, 'one').received).toHaveLength(2);
  });

  it('forgets a person who is erased', async () => {
    await start();
    await notify('Hello');
    await sim.engine.eraseActor(sim.actor(ANN, 'one').number);
    expect(await notify('Hello')).toBe('delivered');
  });
});

describe('a bot', () => {
  it('is told with the code that its prompt was refused, and can say it in other words', async () => {
    const machine = setupBot({}).createMachine({
      on: {
        'message.received': { actions: say('Which day suits you?') },
        'message.failed': { actions: say(({ event }) => `Once more: which day? (${event.code})`) },
      },
    });
    await start({ bots: [defineBot({ id: 'asks', machine, triggers: [anyText()], firstText: 'event' })] });
    const ann = sim.actor(ANN, 'one');
    expect(await ann.text('hi')).toEqual(['Which day suits you?']);
    expect(await ann.text('what?')).toEqual([`Once more: which day? (${CODE})`]);
  });

  it('is limited like a notification, and along with them', async () => {
    await start({ bots: [parrot] });
    const ann = sim.actor(ANN, 'one');
    expect(await ann.text('hi')).toEqual(['Which day suits you?']);
    expect(await ann.text('hi')).toEqual([]);
    expect(await notify('Which day suits you?')).toBe(CODE);
  });

  it('may answer a repeated question if answers are exempt, notifications may not', async () => {
    await start({ bots: [parrot], options: { exempt: { answers: true } } });
    const ann = sim.actor(ANN, 'one');
    for (let times = 0; times < 3; times++) {
      await sim.advance({ seconds: 1 });
      expect(await ann.text('hi')).toEqual(['Which day suits you?']);
    }
    expect(await notify('Which day suits you?')).toBe(CODE);
  });

  it('may not repeat itself unasked although answers are exempt', async () => {
    const machine = setupBot({}).createMachine({
      initial: 'waiting',
      states: {
        waiting: { entry: say('Well?'), after: { 60000: { target: 'waiting', reenter: true } } },
      },
    });
    await start({
      bots: [defineBot({ id: 'nags', machine, triggers: [anyText()] })],
      options: { exempt: { answers: true } },
    });
    const ann = sim.actor(ANN, 'one');
    expect(await ann.text('hi')).toEqual(['Well?']);
    await sim.advance({ minutes: 20 });
    expect(ann.received).toHaveLength(1);
    await sim.advance({ minutes: 12 });
    expect(ann.received).toHaveLength(2);
  });
});

describe('exempt', () => {
  it.each([
    ['are answers of plugins', {}, ['Call 415 555 0100.']],
    ['are no answers of plugins if told so', { origins: [] }, []],
  ])('%s', async (_, exempt, second) => {
    await start({
      plugins: [{ name: 'helps', interceptInbound: () => ({ reply: 'Call 415 555 0100.' }) }],
      options: { exempt },
    });
    const ann = sim.actor(ANN, 'one');
    expect(await ann.text('HELP')).toEqual(['Call 415 555 0100.']);
    expect(await ann.text('HELP')).toEqual(second);
  });

  it('is what a function says', async () => {
    await start({ options: { exempt: { when: ({ record }) => record.text.startsWith('Your code') } } });
    for (let times = 0; times < 2; times++) expect(await notify('Your code is 1234')).toBe('delivered');
    expect(await notify('Hello')).toBe('delivered');
    expect(await notify('Hello')).toBe(CODE);
  });
});
