import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../../../test/support/chromium.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { Shop } from './shop.ts';

const found = findChromium();
let browser: Browser;
let folder: string;
let shop: Shop;
let complaints: string[];

async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A server that is down is what some tests are about.
    if (message.type() === 'error' && !/ERR_CONNECTION/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your message').fill(text);
  await page.getByLabel('Your message').press('Enter');
}

/** What is shown, without labels for those who do not see: `visitor: hello`. */
function shown(page: Page): Promise<string[]> {
  return page
    .locator('.message')
    .evaluateAll((nodes) =>
      nodes.map((node) => `${node.classList[1]}: ${node.querySelector('.bubble')?.textContent ?? ''}`),
    );
}

suiteNeeding(
  { what: 'Chromium', missing: found.reason, hint: 'apt-get install chromium' },
  'the chat in a page',
  () => {
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: found.path ?? '', args: [...chromiumArguments] });
      folder = await mkdtemp(join(tmpdir(), 'parley-web-chat-'));
      shop = await Shop.open(join(folder, 'chat.db'));
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      await shop.close();
      await rm(folder, { recursive: true, force: true });
    });
    beforeEach(() => {
      complaints = [];
    });
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
      expect(complaints).toEqual([]);
    });

    it('is a button of a site that has embedded it, under the strictest rules, and a conversation behind it', async () => {
      const page = await open(shop.siteUrl);
      await page.getByRole('button', { name: 'Corner Shop' }).click();
      await write(page, 'hello');
      await page.getByText('You said hello').first().waitFor();
      expect(await shown(page)).toEqual(['visitor: hello', 'bot: You said hello']);
      await expect
        .poll(() => shop.messages())
        .toEqual([
          { text: 'hello', status: 'received' },
          { text: 'You said hello', status: 'delivered' },
        ]);
    });

    it('stays after a reload, open as it was', async () => {
      const page = await open(shop.siteUrl);
      await page.getByRole('button', { name: 'Corner Shop' }).click();
      await write(page, 'hello');
      await page.locator('.bot').waitFor();
      await page.reload();
      await page.locator('.bot').waitFor();
      expect(await shown(page)).toEqual(['visitor: hello', 'bot: You said hello']);
      expect(await page.getByLabel('Your message').isVisible()).toBe(true);
    });

    it('keeps what is written while the server is dead, across a reload too, and sends it once', async () => {
      const page = await open(shop.siteUrl);
      await page.getByRole('button', { name: 'Corner Shop' }).click();
      await write(page, 'one');
      await page.locator('.bot').waitFor();
      await shop.kill();
      await page.getByText('No connection. Trying again…').waitFor();
      await write(page, 'two');
      await write(page, 'three');
      await page.getByText('Sending…').first().waitFor();
      await shop.start();
      await page.getByText('You said three').first().waitFor({ timeout: 20_000 });
      const all = ['one', 'two', 'three'];
      expect((await shown(page)).toSorted()).toEqual(
        all.flatMap((text) => [`visitor: ${text}`, `bot: You said ${text}`]).toSorted(),
      );
      await page.reload();
      await page.getByText('You said three').first().waitFor();
      expect((await shown(page)).filter((line) => line.startsWith('visitor'))).toEqual(
        all.map((text) => `visitor: ${text}`),
      );
      const log = (await shop.messages()).map(({ text }) => text);
      expect(log.filter((text) => all.includes(text))).toEqual(all);
      expect(log).toHaveLength(6);
    });

    it('shows what people say after a handoff, with their name, and the bot again after that', async () => {
      const page = await open(shop.siteUrl);
      await page.getByRole('button', { name: 'Corner Shop' }).click();
      await write(page, 'PERSON');
      await page.getByText('One moment.').first().waitFor();
      await shop.reply('Ann', 'Ann here. What is it about?');
      await page.getByText('Ann here.').first().waitFor();
      expect(await page.locator('.who').textContent()).toBe('Ann');
      await write(page, 'A bike');
      await expect.poll(async () => (await shop.messages()).at(-1)?.text).toBe('A bike');
      await shop.resume();
      await page.getByText('The bot is back.').first().waitFor();
      expect(await shown(page)).toEqual([
        'visitor: PERSON',
        'bot: One moment.',
        'person: Ann here. What is it about?',
        'visitor: A bike',
        'bot: The bot is back.',
      ]);
    });

    it('counts what has come while it is closed, and goes by keyboard', async () => {
      const page = await open(shop.siteUrl);
      await page.getByRole('button', { name: 'Corner Shop' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.type('hello');
      await page.keyboard.press('Enter');
      await page.locator('.bot').waitFor();
      await page.keyboard.press('Escape');
      await shop.reply('Ann', 'Are you still there?');
      await page.getByRole('button', { name: 'Corner Shop, 1 new message' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Corner Shop, 1 new message' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Are you still there?').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Corner Shop', exact: true }).waitFor();
    });

    it('takes nothing that is said for markup', async () => {
      const page = await open(`${shop.url}/plugins/web-chat/support`);
      const hostile = '<img src=x onerror="document.title=1"> javascript:alert(1) https://example.com/"onclick=x';
      await write(page, hostile);
      await page.locator('.bot').waitFor();
      await shop.reply('<b>Ann</b>', '<script>document.title=2</script>');
      await page.locator('.person').waitFor();
      expect(await shown(page)).toEqual([
        `visitor: ${hostile}`,
        `bot: You said ${hostile}`,
        'person: <script>document.title=2</script>',
      ]);
      expect(await page.locator('.message').locator('img, script, b').count()).toBe(0);
      expect(
        await page.locator('.visitor a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ).toEqual(['https://example.com/']);
      expect(await page.title()).toBe('Corner Shop');
    });

    it('fills the screen of a phone, and a page of its own', async () => {
      const page = await open(shop.siteUrl, { viewport: { width: 360, height: 700 } });
      await page.getByRole('button', { name: 'Corner Shop' }).click();
      await expect.poll(() => page.getByRole('dialog').boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 700 });
      expect(await page.locator('.launcher').isVisible()).toBe(false);
      const own = await open(`${shop.url}/plugins/web-chat/support`, { viewport: { width: 900, height: 700 } });
      expect(await own.getByRole('main').boundingBox()).toEqual({ x: 0, y: 0, width: 900, height: 700 });
      expect(await own.getByLabel('Your message').evaluate((field) => field.matches(':focus'))).toBe(true);
    });

    it('has no barriers that can be found, light and dark', async () => {
      const page = await open(`${shop.url}/plugins/web-chat/support`, { bypassCSP: true });
      await write(page, 'PERSON');
      await page.locator('.bot').waitFor();
      await shop.reply('Ann', 'Ann here.');
      await page.locator('.person').waitFor();
      await page.evaluate(axe.source);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const barriers = await page.evaluate<string[]>(
          `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
        );
        expect(barriers).toEqual([]);
      }
    });
  },
);
