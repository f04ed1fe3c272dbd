import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../../test/support/chromium.ts';
import type { Need } from '../../../test/support/needs.ts';

const found = findChromium();

/** For suites in a browser. */
export const aBrowser: Need = { what: 'Chromium', missing: found.reason, hint: 'apt-get install chromium' };

/** A phone page in a browser of its own, and what it complained of. */
export interface PhonePage {
  readonly page: Page;
  readonly complaints: string[];
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: found.path ?? '', args: [...chromiumArguments] });
}

/** Opens the page of a server and waits until the phones are there. */
export async function openPhone(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<PhonePage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A server that is down is what some tests are about.
    if (message.type() === 'error' && !/ERR_CONNECTION|Failed to load/.test(message.text()))
      complaints.push(message.text());
  });
  await page.goto(`${url}/phone`);
  await page.locator('.live[data-connection=live]').waitFor({ state: 'attached' });
  await page.locator('.phone').first().waitFor();
  return { page, complaints };
}

/** Types a text on one of the phones and sends it with Enter. */
export async function text(page: Page, words: string, phone = 0): Promise<void> {
  const field = page.locator('.phone').nth(phone).locator('textarea');
  await field.fill(words);
  await field.press('Enter');
}

/** What one of the phones shows, without separators: `mine: BOOK`, `theirs: Which day?`. */
export function bubbles(page: Page, phone = 0): Promise<string[]> {
  return page
    .locator('.phone')
    .nth(phone)
    .locator('.message')
    .evaluateAll((nodes) =>
      nodes.map((node) => {
        const side = node.classList.contains('mine') ? 'mine' : 'theirs';
        return `${side}: ${node.querySelector('.bubble')?.textContent ?? `${node.querySelectorAll('img').length} picture`}`;
      }),
    );
}
