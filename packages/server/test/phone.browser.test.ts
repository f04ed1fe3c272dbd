import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  address,
  anyText,
  type BotOptions,
  createEngine,
  defineApp,
  defineBot,
  defineOrganization,
  say,
  setupBot,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { twilio } from '@parley/plugin-twilio';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { createRuntime } from '../src/runtime.ts';
import { type RunningServer, type ServeOptions, serve } from '../src/serve.ts';
import {
  createFakeEngine,
  type FakeEngine,
  type FakeEngineOptions,
  type FakeText,
} from '../src/testing/fake-engine.ts';
import { aBrowser, bubbles, launch, openPhone, type PhonePage, text } from './browser.ts';

const HTML = '<b>bold</b><img src=x onerror="window.hacked=1"> & https://a.example/?x=1&y=2.';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

suiteNeeding(aBrowser, 'the phone page in a browser', () => {
  let browser: Browser;
  const servers: RunningServer[] = [];
  const opened: PhonePage[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const complaints = opened.flatMap((phone) => phone.complaints);
    await Promise.all(opened.splice(0).map(({ page }) => page.context().close()));
    await Promise.all(servers.splice(0).map((server) => server.close({ grace: 300 })));
    expect(complaints).toEqual([]);
  });

  async function start(options: FakeEngineOptions = {}, serveOptions: ServeOptions = {}) {
    const engine = createFakeEngine(options);
    const server = await serve(engine, { port: 0, log: silentLog, phone: true, ...serveOptions });
    servers.push(server);
    return { engine, server };
  }

  async function open(url: string, options?: Parameters<typeof openPhone>[2]): Promise<Page> {
    const phone = await openPhone(browser, url, options);
    opened.push(phone);
    return phone.page;
  }

  /** Answers a text with another; the test moves it along. */
  function reply(engine: FakeEngine, { to, from }: FakeText, words: string, providerId = `SM${words}`) {
    const message = {
      providerId,
      direction: 'outbound',
      ours: to,
      theirs: from,
      text: words,
      media: [],
      at: Date.now(),
    } as const;
    return (providerStatus: string, code?: string) =>
      engine.emulated.show({ ...message, providerStatus, ...(code === undefined ? {} : { code }) });
  }

  it('says what to do, texts at a tap, and shows the reply with its status as it moves', async () => {
    let move: ReturnType<typeof reply> = () => {};
    const { server } = await start({
      onText: (incoming, engine) => {
        move = reply(engine, incoming, 'Which day?');
        move('queued');
      },
    });
    const page = await open(server.url);
    await page.getByText('Text anything to Riverside Clinic.').waitFor();
    await page.getByRole('button', { name: 'BOOK' }).click();

    const answer = page.locator('.message.theirs');
    await answer.getByText('Queued…').waitFor();
    expect(await bubbles(page)).toEqual(['mine: BOOK', 'theirs: Which day?']);
    await page.locator('.message.mine').getByText('Received').waitFor();
    for (const [status, label] of [
      ['sending', 'Sending…'],
      ['sent', 'Sent'],
      ['delivered', 'Delivered'],
    ] as const) {
      move(status);
      await answer.getByText(label, { exact: true }).waitFor();
    }
    move('sent');
    await page.waitForTimeout(100);
    expect(await answer.locator('.status span').textContent()).toBe('Delivered');
  });

  it('shows what went wrong: undelivered with its meaning, a refusal of the provider, a webhook that refused', async () => {
    const { server, engine } = await start({
      receive: (request) => (Buffer.from(request.body).includes('forged') ? { status: 403 } : undefined),
      onText: (incoming, on) => reply(on, incoming, 'lost')('undelivered', '30003'),
    });
    const page = await open(server.url);
    await text(page, 'hello');
    await page.getByText('Undelivered · 30003 phone unreachable').waitFor();
    await text(page, 'forged');
    await page.locator('.message.mine.trouble').getByText('Not taken in · The webhook answered 403').waitFor();
    engine.tell({
      kind: 'message',
      message: {
        id: 'M1',
        conversation: '+14155550100/+14155550142',
        app: 'appointments',
        direction: 'outbound',
        ours: '+14155550100',
        theirs: '+14155550142',
        text: 'never left',
        media: [],
        at: Date.now(),
        status: 'failed',
        error: { code: '21610', reason: 'Attempt to send to unsubscribed recipient' },
        history: [],
      } as never,
    });
    await page.getByText('Failed · 21610 has opted out').waitFor();
  });

  it('shows markup as it was typed, runs none of it, and links only what is a link', async () => {
    const { server } = await start({
      onText: (incoming, engine) => reply(engine, incoming, incoming.text)('delivered'),
    });
    const page = await open(server.url);
    await text(page, HTML);
    await page.locator('.message.theirs').waitFor();
    expect(await bubbles(page)).toEqual([`mine: ${HTML}`, `theirs: ${HTML}`]);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('.log b, .log img').count()).toBe(0);
    const link = page.locator('.message.theirs a');
    expect(await link.getAttribute('href')).toBe('https://a.example/?x=1&y=2');
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('sends with Enter, makes a line with Shift+Enter, and counts segments', async () => {
    const { server, engine } = await start();
    const page = await open(server.url);
    const field = page.locator('textarea');
    await field.fill('one');
    await field.press('Shift+Enter');
    await field.pressSequentially('two');
    await page.getByText('1 segment · 153 left · GSM-7').waitFor();
    await field.press('Enter');
    await page.locator('.message.mine').getByText('Received').waitFor();
    expect(JSON.parse(Buffer.from(engine.received[0]!.request.body).toString()).text).toBe('one\ntwo');
    await field.fill('   ');
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await field.fill('x'.repeat(1601));
    await page.getByText('1 characters too many').waitFor();
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  });

  it('has several phones side by side, each with its own texts, and remembers them', async () => {
    const { server } = await start({
      onText: (incoming, engine) => reply(engine, incoming, `to ${incoming.from}`, `SM${incoming.from}`)('delivered'),
    });
    const page = await open(server.url);
    await page.getByRole('button', { name: 'Add phone' }).click();
    await page.getByRole('button', { name: 'Add phone' }).click();
    await page.getByRole('button', { name: 'Add phone' }).click();
    // Only the stage moves for a phone that is out of sight.
    await expect.poll(() => page.locator('.stage').evaluate((node) => node.scrollLeft)).toBeGreaterThan(100);
    expect((await page.locator('.brand').boundingBox())?.x).toBeGreaterThan(0);
    for (const _ of ['the fourth', 'the third']) {
      await page.getByRole('button', { name: 'Remove this phone' }).last().click();
    }
    await page.locator('.phone').nth(1).locator('.owner').click();
    await page.getByPlaceholder('Type a number').fill('12');
    await page.keyboard.press('Enter');
    await page.getByText('Ten digits, or + and the country code.').waitFor();
    await page.getByPlaceholder('Type a number').fill('(212) 555-0199');
    await page.keyboard.press('Enter');
    await text(page, 'from the first', 0);
    await text(page, 'from the second', 1);
    await page.locator('.message.theirs').nth(1).waitFor();
    const first = ['mine: from the first', 'theirs: to +14155550142'];
    const second = ['mine: from the second', 'theirs: to +12125550199'];
    expect([await bubbles(page, 0), await bubbles(page, 1)]).toEqual([first, second]);

    await page.reload();
    await page.locator('.message.theirs').nth(1).waitFor();
    expect([await bubbles(page, 0), await bubbles(page, 1)]).toEqual([first, second]);
    await page.locator('.phone').nth(1).locator('.owner').click();
    await page.getByRole('button', { name: '+1 212 555 0199' }).last().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove this phone' }).first().click();
    await expect.poll(() => page.locator('.phone').count()).toBe(1);
    expect(await bubbles(page)).toEqual(second);
  });

  it('says that the server is gone, keeps what could not be sent, and goes on when it is back', async () => {
    const onText = (incoming: FakeText, engine: FakeEngine) =>
      reply(engine, incoming, `re: ${incoming.text}`)('delivered');
    const { server } = await start({ onText });
    const page = await open(server.url);
    await text(page, 'before');
    await page.locator('.message.theirs').waitFor();
    await server.close({ grace: 100 });
    await page.getByText('The server is not answering.').waitFor();
    await text(page, 'meanwhile');
    await page.getByText('Not sent · the server is not answering').waitFor();

    await start({ onText }, { port: server.port });
    await page.getByText('The server is not answering.').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('re: meanwhile').waitFor();
    expect(await bubbles(page)).toEqual([
      'mine: before',
      'theirs: re: before',
      'mine: meanwhile',
      'theirs: re: meanwhile',
    ]);
  });

  it('stays where the reader has scrolled to, and says that there is more', async () => {
    const { server, engine } = await start();
    const [ours, theirs] = [address('+14155550100'), address('+14155550142')];
    const show = (index: number, at: number) =>
      engine.emulated.show({
        providerId: `SM${index}`,
        direction: 'outbound',
        ours,
        theirs,
        text: `text ${index}`,
        media: [],
        at,
        providerStatus: 'delivered',
      });
    for (let index = 0; index < 60; index += 1) show(index, Date.now() - 100_000 + index);
    const page = await open(server.url);
    const list = page.locator('.log');
    const fromEnd = () => list.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight);
    await expect.poll(fromEnd).toBeLessThan(2);
    show(60, Date.now());
    await page.getByText('text 60', { exact: true }).waitFor();
    await expect.poll(fromEnd).toBeLessThan(2);

    await list.evaluate((node) => node.scrollTo(0, 100));
    await page.waitForTimeout(50);
    show(61, Date.now());
    show(62, Date.now() + 1);
    await page.getByRole('button', { name: '2 new texts' }).waitFor();
    expect(await list.evaluate((node) => node.scrollTop)).toBe(100);
    expect(await page.title()).toBe('(2) Parley phone');
    await page.getByRole('button', { name: '2 new texts' }).click();
    await expect.poll(fromEnd).toBeLessThan(2);
    await expect.poll(() => page.title()).toBe('Parley phone');
  });

  it('says that an app is on real phones instead of failing', async () => {
    const { server } = await start();
    const page = await open(server.url);
    await page.locator('.contact').click();
    await page.getByRole('button', { name: /Billing/ }).click();
    await page.getByText('Billing is on real phones').waitFor();
    expect(await page.locator('textarea').isVisible()).toBe(false);
  });

  it('fits a small screen: one phone at a time, with tabs and what is new on the others', async () => {
    const { server, engine } = await start();
    const page = await open(server.url, { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.getByRole('button', { name: 'Add a phone' }).click();
    const tabs = page.getByRole('navigation', { name: 'Phones' }).getByRole('button');
    await expect.poll(() => tabs.nth(1).getAttribute('aria-current')).toBe('true');
    reply(engine, { from: address('+14155550142'), to: address('+14155550100') } as FakeText, 'news')('delivered');
    await tabs.nth(0).locator('.badge').getByText('1').waitFor();
    await tabs.nth(0).tap();
    await expect.poll(() => tabs.nth(0).getAttribute('aria-current')).toBe('true');
    await tabs.nth(0).locator('.badge').waitFor({ state: 'detached' });
    const place = async () => {
      const box = await page.locator('.phone').nth(0).boundingBox();
      return [box?.x, box?.width];
    };
    await expect.poll(place).toEqual([0, 360]);
  });

  it('is dark where the system is, and remembers a choice against it', async () => {
    const { server } = await start();
    const page = await open(server.url, { colorScheme: 'dark' });
    const scheme = () => page.evaluate('getComputedStyle(document.documentElement).colorScheme');
    expect(await scheme()).toBe('dark');
    await page.getByRole('button', { name: 'Switch to light' }).click();
    expect(await scheme()).toBe('light');
    await page.reload();
    expect(await scheme()).toBe('light');
  });

  it('sends pictures, shows those that come, and enlarges them', async () => {
    const pictures = createServer((_, response) => response.setHeader('content-type', 'image/png').end(PNG)).listen(0);
    await once(pictures, 'listening');
    const map = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}/map`;
    const machine = setupBot({}).createMachine({
      on: { 'message.received': { actions: say('Here we are', { media: [{ url: map }] }) } },
    });
    const page = await open(await startReal(machine));
    const file = join(tmpdir(), `parley-phone-${process.pid}.png`);
    await writeFile(file, PNG);
    await page.setInputFiles('input[type=file]', file);
    await page.getByText('MMS · 1 picture').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.message.theirs').getByText('Delivered').waitFor();
    const loaded = () =>
      page.locator('.message img').evaluateAll((nodes) => nodes.map((node) => (node as HTMLImageElement).naturalWidth));
    await expect.poll(loaded).toEqual([1, 1]);

    await page.reload();
    await expect.poll(loaded).toEqual([1, 1]);
    await page.locator('.message.theirs .picture').click();
    await page.getByRole('dialog', { name: 'Picture' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Picture' }).waitFor({ state: 'hidden' });

    await writeFile(file, 'no picture');
    await page.setInputFiles('input[type=file]', file);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText(/Not sent · The file is no picture/).waitFor();
    pictures.close().closeAllConnections();
  });

  it('texts a bot through the real engine and the emulated Twilio', async () => {
    const machine = setupBot({}).createMachine({
      on: { 'message.received': { actions: say(({ event }) => `You said ${event.text}`) } },
    });
    const page = await open(await startReal(machine));
    await text(page, 'hello');
    await page.locator('.message.theirs').getByText('Delivered').waitFor();
    expect(await bubbles(page)).toEqual(['mine: hello', 'theirs: You said hello']);

    await page.locator('.owner').click();
    await page.getByRole('button', { name: /500 555 0004/ }).click();
    await text(page, 'opted out');
    await page.locator('.message.theirs').getByText('Failed · 21610 has opted out').waitFor();
    await page.locator('.owner').click();
    await page.getByRole('button', { name: /500 555 3003/ }).click();
    await text(page, 'far away');
    await page.getByText('Undelivered · 30003 phone unreachable').waitFor();
  });

  /** A bot on the real engine and the emulated Twilio that answers every text in the same way. */
  async function startReal(machine: BotOptions['machine']): Promise<string> {
    const echo = defineBot({ id: 'echo', triggers: [anyText()], firstText: 'event', machine });
    const organization = defineOrganization({
      name: 'Echo Works',
      apps: [defineApp({ id: 'echo', number: '+14155550100', bots: [echo] })],
      transports: { twilio: twilio() },
      storage: memoryStorage(),
    });
    const runtime = createRuntime({ log: silentLog });
    const engine = createEngine(organization, runtime);
    const server = await serve(engine, { ...runtime, port: 0, phone: true, emulate: 'always' });
    servers.push(server);
    return server.url;
  }
});
