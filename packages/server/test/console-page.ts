import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { directory } from '@parley/console';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Need } from '../../../test/support/needs.ts';
import { aBrowser } from './browser.ts';

/** For suites that look at the console: a browser, and a console that was built. */
export const aConsole: Need =
  aBrowser.missing !== undefined || existsSync(join(directory, 'index.html'))
    ? aBrowser
    : { what: 'the console', missing: 'it is not built', hint: 'npm run build' };

/** A page of the console in a browser of its own, and what it complained of. */
export interface ConsolePage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a page of the console of a server: `/texts`. */
export async function openConsole(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  await page.locator('h1').waitFor();
  return { page, complaints };
}

/** What axe finds wrong with a page as it is: rules, and where they are broken. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
  );
}
