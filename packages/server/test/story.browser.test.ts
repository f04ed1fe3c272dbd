import {
  anyText,
  createEngine,
  defineApp,
  defineBot,
  defineOrganization,
  type Engine,
  type Plugin,
  say,
  setupBot,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { twilio } from '@parley/plugin-twilio';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { createRuntime } from '../src/runtime.ts';
import { type RunningServer, serve } from '../src/serve.ts';
import { launch, openPhone, text } from './browser.ts';
import { aConsole, barriers, type ConsolePage, openConsole } from './console-page.ts';

const OURS = '+14155550100';

const booking = defineBot({
  id: 'booking',
  triggers: [anyText()],
  machine: setupBot({}).createMachine({
    initial: 'asking',
    states: {
      asking: {
        entry: say('Which day?'),
        on: {
          'message.received': [{ guard: ({ event }) => event.text === 'boom', actions: fail }, { target: 'booked' }],
        },
      },
      booked: { entry: say('See you then.'), after: { 3600000: { actions: say('An hour from now!') } } },
    },
  }),
});

function fail(): never {
  throw new Error('The calendar can not be reached.');
}

/** Hears STOP, as the plugin of that name does, in a line. */
const stopper: Plugin = {
  name: 'stopper',
  enforce: 'opt-out',
  interceptInbound: ({ message }) =>
    message.text === 'STOP'
      ? { reply: 'No more texts.', endJourney: true, cancel: { code: 'stopped', reason: 'They said STOP.' } }
      : undefined,
};

suiteNeeding(aConsole, 'the story of a text, on the phone and in the console', () => {
  let browser: Browser;
  let engine: Engine;
  let server: RunningServer;
  const opened: ConsolePage[] = [];

  beforeAll(async () => {
    browser = await launch();
    const latency = { sending: 200, sent: 200, outcome: 200, spread: 0 };
    const organization = defineOrganization({
      name: 'Riverside Clinic',
      apps: [defineApp({ id: 'clinic', number: OURS, bots: [booking], fallback: 'Sorry, something went wrong.' })],
      transports: { twilio: twilio({ emulator: { latency } }) },
      storage: memoryStorage(),
      plugins: [stopper],
    });
    const runtime = createRuntime({ log: silentLog });
    engine = createEngine(organization, runtime);
    server = await serve(engine, {
      ...{ ...runtime, port: 0, emulate: 'always', log: silentLog },
      ...{ phone: true, openConsole: true },
    });
  });
  afterEach(async () => {
    const complaints = opened.flatMap((one) => one.complaints);
    await Promise.all(opened.splice(0).map(({ page }) => page.context().close()));
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close({ grace: 300 });
  });

  async function open(path: string, options = {}) {
    const one = await openConsole(browser, `${server.url}/console${path}`, options);
    opened.push(one);
    return one.page;
  }

  const conversationWith = async (from: string): Promise<string> => {
    const found = await fetch(`${server.url}/api/v1/conversations?person=${encodeURIComponent(from)}`);
    return ((await found.json()) as { conversations: { id: string }[] }).conversations[0]?.id ?? '';
  };
  const textAs = async (from: string, words: string) => {
    await engine.emulator('twilio').text({ from: from as never, to: OURS as never, text: words });
    await engine.idle();
  };

  it('moves the transcript and the statechart while somebody texts, up to delivered', async () => {
    const { page: phone } = await openPhone(browser, server.url);
    await text(phone, 'HELLO');
    await phone.getByText('Which day?').waitFor();
    const { conversations } = (await (await fetch(`${server.url}/api/v1/conversations`)).json()) as {
      conversations: { id: string }[];
    };
    const page = await open(`/conversations/${conversations[0]?.id}`);
    await page.getByText('Which day?').first().waitFor();
    const lit = page.locator('.box[data-mark=current] .box-title');
    await expect.poll(() => lit.allTextContents(), { timeout: 15_000 }).toEqual(['asking']);

    await text(phone, 'Tuesday');
    await page.getByText('See you then.').first().waitFor();
    await expect.poll(() => lit.allTextContents()).toEqual(['booked']);
    await expect.poll(() => page.getByText('Delivered', { exact: true }).count()).toBe(2);

    await page.getByRole('button', { name: 'Skip ahead by 1 h' }).click();
    await page.getByText('An hour from now!').first().waitFor();
    await phone.getByText('An hour from now!').waitFor();
    await phone.context().close();
  });

  it('has failures, opt-outs and what was parked in App Health, with the reason', async () => {
    await textAs('+15005550009', 'hi');
    await textAs('+14155550150', 'hi');
    await textAs('+14155550150', 'STOP');
    await textAs('+14155550151', 'hi');
    await textAs('+14155550151', 'boom');
    const page = await open('/');
    await page.getByText('The recipient can not get texts.').first().waitFor();
    await page
      .getByText(/parked/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Parked' }).first().click();
    await page.getByRole('button', { name: 'Why' }).click();
    await page.getByText('The calendar can not be reached.').waitFor();
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Skip' }).click();
    await page.getByText('Nothing is parked').waitFor();

    const stopped = await open(`/conversations/${await conversationWith('+14155550150')}`);
    await stopped.getByText('No more texts.').first().waitFor();
  });

  it('gives a conversation to people and back', async () => {
    await textAs('+14155550152', 'hi');
    const conversation = await conversationWith('+14155550152');
    await fetch(`${server.url}/api/v1/conversations/${conversation}/hand-over`, {
      method: 'POST',
      headers: { 'x-parley': 'test' },
      body: JSON.stringify({ note: 'sounds upset' }),
    });
    const page = await open('/inbox');
    await page.getByText('sounds upset').click();
    await page.getByRole('textbox').fill('This is a person.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('This is a person.').first().waitFor();
    await page.getByRole('button', { name: 'Give back to the bot' }).click();
    await page.getByText('Nobody is waiting for a person').waitFor();
  });

  it.each([
    ['light', { width: 1280, height: 860 }],
    ['dark', { width: 360, height: 760 }],
  ] as const)(
    'keeps nobody out, on any page in the %s',
    async (colorScheme, viewport) => {
      const conversation = await conversationWith('+14155550150');
      const { messages } = (await (await fetch(`${server.url}/api/v1/messages?status=failed`)).json()) as {
        messages: { id: string }[];
      };
      const paths = [
        ...['/', '/texts', `/texts/${messages[0]?.id}`, '/conversations', `/conversations/${conversation}`],
        ...['/inbox', '/journeys?app=clinic&bot=booking', '/parked', `/people/${conversation}`, '/numbers', '/audit'],
      ];
      const page = await open('/', { colorScheme, viewport });
      for (const path of paths) {
        await page.goto(`${server.url}/console${path}`);
        await page.locator('h1').waitFor();
        await page.waitForLoadState('networkidle').catch(() => {});
        expect([path, await barriers(page)]).toEqual([path, []]);
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect([path, width]).toEqual([path, viewport.width]);
      }
    },
    120_000,
  );
});
