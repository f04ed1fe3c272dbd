import {
  type Access,
  address,
  anyText,
  conversationKey,
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
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { hashPassword } from '../src/api/access/password.ts';
import { createRuntime } from '../src/runtime.ts';
import { type RunningServer, serve } from '../src/serve.ts';
import { launch } from './browser.ts';
import { aConsole, barriers, type ConsolePage, openConsole } from './console-page.ts';

const OURS = '+14155550100';
const ANN = '+14155550123';
const OUT_OF_REACH = '+15005553003';
const SCRIPT = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">';

/** Longer than news are bundled for, so that each status is to be seen. In milliseconds. */
const STEP = 500;

const echo = defineBot({
  id: 'echo',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => `You said ${event.text}`) } },
  }),
});

const patience: Plugin = {
  name: 'patience',
  checkOutbound: ({ message, now }) =>
    message.text.includes('tomorrow')
      ? { kind: 'defer', until: now + 86_400_000, code: 'quiet-hours', rule: 'R7', data: '2026-09' }
      : undefined,
  describeActor: () => ({ title: 'Patience', facts: [{ label: 'Waits', value: 'for days', tone: 'good' }] }),
};

suiteNeeding(aConsole, 'the texts of the console in a browser', () => {
  let browser: Browser;
  let engine: Engine;
  let server: RunningServer;
  const opened: ConsolePage[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(() => begin());

  async function begin(access: Access = {}): Promise<void> {
    const latency = { sending: STEP, sent: STEP, outcome: STEP, spread: 0 };
    const organization = defineOrganization({
      name: 'Echo Works',
      apps: [defineApp({ id: 'echo', number: OURS, bots: [echo] })],
      transports: { twilio: twilio({ emulator: { latency } }) },
      storage: memoryStorage(),
      plugins: [patience],
      access,
    });
    const runtime = createRuntime({ log: silentLog });
    engine = createEngine(organization, runtime);
    const openConsole = access.users === undefined;
    server = await serve(engine, { ...runtime, port: 0, emulate: 'always', openConsole, log: silentLog });
  }
  afterEach(async () => {
    const complaints = opened.flatMap((one) => one.complaints);
    await Promise.all(opened.splice(0).map(({ page }) => page.context().close()));
    await server.close({ grace: 300 });
    expect(complaints).toEqual([]);
  });

  async function open(path: string, options?: BrowserContextOptions): Promise<Page> {
    const one = await openConsole(browser, `${server.url}/console${path}`, options);
    opened.push(one);
    return one.page;
  }

  async function notify(text: string, to = ANN): Promise<string> {
    const { message } = await engine.notify({ app: 'echo', to, name: 'news', text });
    return message;
  }

  const rowOf = (page: Page, text: string) => page.locator('.text-row', { hasText: text });
  const lines = (page: Page) =>
    page.locator('.text-row-text').evaluateAll((nodes) => nodes.map((node) => node.textContent));

  it('shows how a text goes from pending to delivered, by itself', async () => {
    const page = await open('/texts');
    await page.getByText('No texts yet').waitFor();
    await notify('On its way');
    const row = rowOf(page, 'On its way');
    for (const status of ['Pending', 'Sent', 'Delivered']) await row.getByText(status, { exact: true }).waitFor();

    await row.click();
    await page.getByRole('heading', { name: `Text to ${ANN}` }).waitFor();
    const steps = page.locator('.history .badge');
    await expect.poll(() => steps.allTextContents()).toEqual(['Pending', 'Pending', 'Pending', 'Sent', 'Delivered']);
  });

  it("says why a text failed in the provider's words, and sends it again as a new one", async () => {
    const page = await open('/texts?status=failed');
    const id = await notify('Are you there?', OUT_OF_REACH);
    await rowOf(page, 'Are you there?').getByText('30003').waitFor();
    await rowOf(page, 'Are you there?').click();
    await page.getByRole('heading', { name: 'The handset is off or out of reach.' }).waitFor();
    await page.getByText('What to do:').waitFor();

    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('gets it as a new text').waitFor();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.waitForURL((url) => /\/texts\/\w+$/.test(url.pathname) && !url.pathname.endsWith(id));
    await page.getByText('The handset is off or out of reach.').first().waitFor();
  });

  it('says until when a policy holds a text back, by which rule, and takes it back', async () => {
    const id = await notify('See you tomorrow');
    const page = await open(`/texts/${id}`);
    await page.getByRole('heading', { name: /^It waits until/ }).waitFor();
    await page.locator('.verdicts').getByText('R7').waitFor();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('It was taken back and will not leave.').waitFor();
    await page.locator('.history').getByText('Failed', { exact: true }).waitFor();
  });

  it('texts an app as somebody, and goes on as them or as oneself', async () => {
    const page = await open('/phone');
    await page.getByLabel('Their number').fill('+1 (415) 555-0188');
    await page.getByLabel('Their text').fill('Good morning');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('heading', { name: '+14155550188' }).waitFor();
    const chat = page.getByRole('region', { name: 'Chat' });
    await chat.getByText('You said Good morning').waitFor();

    await chat.getByPlaceholder('Text as them').fill('And good night');
    await chat.getByPlaceholder('Text as them').press('Enter');
    await chat.getByText('You said And good night').waitFor();

    await chat.getByRole('tab', { name: 'As yourself' }).click();
    await chat.getByPlaceholder('Text them').fill('This is a person');
    await chat.getByPlaceholder('Text them').press('Enter');
    await chat.getByText('This is a person').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('shows markup as it was typed, and runs none of it', async () => {
    const id = await notify(SCRIPT);
    const page = await open('/texts');
    await rowOf(page, SCRIPT).waitFor();
    expect(await lines(page)).toEqual([SCRIPT]);
    await page.goto(`${server.url}/console/texts/${id}`);
    expect(await page.locator('.text-body-bubble').textContent()).toBe(SCRIPT);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
  });

  it('finds texts by their words and by a whole number, and the address says what is shown', async () => {
    await notify('apples');
    await notify('pears');
    await notify('apples, too', '+14155550199');
    const page = await open('/texts');
    await page.getByLabel('Words in the text').fill('APPLES');
    await expect.poll(() => lines(page)).toEqual(['apples, too', 'apples']);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Person’s number').fill('+1 415');
    await page.getByText('The whole number, with + in front').waitFor();
    await page.getByLabel('Person’s number').fill('+1 (415) 555-0199');
    await expect.poll(() => lines(page)).toEqual(['apples, too']);
    await page.reload();
    await expect.poll(() => lines(page)).toEqual(['apples, too']);
    await notify('bananas', '+14155550199');
    await notify('apples again', '+14155550199');
    await expect.poll(() => lines(page)).toEqual(['apples again', 'apples, too']);
  });

  it('leaves what is read where it is, and says how many texts are new', async () => {
    for (let number = 1; number <= 60; number += 1) await notify(`text ${number}`);
    const page = await open('/texts');
    await rowOf(page, 'text 60').waitFor();
    await page.evaluate('window.scrollTo(0, 900)');
    await rowOf(page, 'text 40').waitFor();
    const place = () => rowOf(page, 'text 40').boundingBox();
    const before = await place();
    await notify('news 1');
    await notify('news 2');
    await page.getByRole('button', { name: '2 new' }).click();
    await rowOf(page, 'news 2').waitFor();
    await page.evaluate('window.scrollTo(0, 900)');
    await rowOf(page, 'text 40').waitFor();
    expect((await place())?.y).toBe((before?.y ?? 0) + 80);
  });

  it('shows the newest text of an exchange first of all, and stays with what somebody has scrolled up to', async () => {
    for (let number = 1; number <= 14; number += 1) await notify(`text ${number}`);
    await engine.handOver(conversationKey(address(OURS), address(ANN)), { to: 'the desk' });
    const page = await open('/inbox');
    await page.getByRole('button', { name: 'for the desk' }).click();
    const exchange = page.getByRole('list', { name: 'What was said last' });
    await exchange.getByText('text 14').waitFor();
    const toEnd = () => exchange.evaluate((list) => list.scrollHeight - list.clientHeight - list.scrollTop);
    expect(await exchange.evaluate((list) => list.scrollHeight > list.clientHeight)).toBe(true);
    expect(await toEnd()).toBeLessThan(2);
    await notify('text 15');
    await exchange.getByText('text 15').waitFor();
    expect(await toEnd()).toBeLessThan(2);
    await exchange.evaluate((list) => list.scrollTo(0, 0));
    await notify('text 16');
    await exchange.getByText('text 16').waitFor();
    expect(await exchange.evaluate((list) => list.scrollTop)).toBe(0);
  });

  it('shows a person with what plugins know, changes them, and erases them once their number was typed', async () => {
    await notify('hello');
    await engine.idle();
    const page = await open('/texts');
    await rowOf(page, 'hello').click();
    await page.getByRole('link', { name: ANN }).click();
    await page.locator('.known').getByText('for days').waitFor();
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('First name').fill('Ann');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Ann' }).waitFor();

    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as JSON' }).click();
    expect((await saving).suggestedFilename()).toMatch(/^person-[\d-]+\.json$/);

    await page.getByRole('button', { name: 'Erase' }).click();
    const erase = page.getByRole('button', { name: 'Erase for good' });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel(`Type ${ANN} to go on`).fill('14155550123');
    await erase.click();
    await page.getByText('No texts yet').waitFor();
  });

  it('offers a viewer nothing that they may not do, and no whole number', async () => {
    await server.close({ grace: 300 });
    const passwordHash = await hashPassword('correct horse', { N: 1024, r: 8, p: 1 });
    await begin({ users: [{ name: 'vera', role: 'viewer', passwordHash }] });
    await notify('Are you there?', OUT_OF_REACH);
    const page = await open('/texts');
    await page.getByLabel('Password').fill('correct horse');
    await page.keyboard.press('Enter');
    await rowOf(page, 'Are you there?').getByText('30003').waitFor();
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Of notification').waitFor();
    expect(await page.getByLabel('Person’s number').count()).toBe(0);
    expect(await page.getByText('Export as CSV').count()).toBe(0);
    await rowOf(page, 'Are you there?').click();
    await page.getByRole('heading', { name: 'Text to …3003' }).waitFor();
    expect(await page.locator('.page-actions button').count()).toBe(0);
    expect(await page.content()).not.toContain(OUT_OF_REACH);
  });

  it.each([
    ['wide and light', { colorScheme: 'light' }],
    ['narrow and dark', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
  ] as const)('has no barriers and no sideways scrolling, %s', async (_, options) => {
    const failed = await notify('Are you there?', OUT_OF_REACH);
    const deferred = await notify('See you tomorrow');
    const { conversation } = await (await fetch(`${server.url}/api/v1/messages/${failed}`)).json();
    const page = await open('/texts', options);
    await rowOf(page, 'Are you there?').getByText('30003').waitFor();
    for (const path of ['/texts', `/texts/${failed}`, `/texts/${deferred}`, `/people/${conversation}`, '/phone']) {
      await page.goto(`${server.url}/console${path}`);
      await page.locator('.text-row, .text-page-facts, .person .facts, .phone-form').first().waitFor();
      expect(await barriers(page), path).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'), path).toBe(0);
    }
  });
});
