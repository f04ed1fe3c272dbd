// Takes the pictures of the console: serves the demo, has people text it, and photographs every page, light and dark, wide and narrow. Run
// `npm run build`, then: node docs/console/shoot.js. It takes Chromium from CHROMIUM_PATH, or from where Debian puts it.
import { address, createEngine, silentLog } from '@parley/core';
import { createRuntime, serve } from '@parley/server';
import { chromium } from 'playwright-core';
import organization from './demo.config.js';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
const SIZES = { wide: { width: 1280, height: 860 }, narrow: { width: 360, height: 760 } };
const SCHEMES = /** @type {const} */ (['light', 'dark']);

const runtime = createRuntime({ log: silentLog });
const engine = createEngine(organization, runtime);
const server = await serve(engine, {
  ...runtime,
  port: 0,
  emulate: 'always',
  phone: true,
  openConsole: true,
  log: silentLog,
});
const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
  await populate();
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) await photograph(size, viewport, colorScheme);
  }
} finally {
  await browser.close();
  await server.close({ grace: 500 });
}

/** @param {string} from @param {string} text */
async function text(from, text) {
  await engine.emulator('twilio').text({ from: address(from), to: address('+14155550100'), text });
  await new Promise((resolve) => setTimeout(resolve, 60));
}

async function populate() {
  for (let index = 0; index < 14; index++) {
    const from = `+1415555${1300 + index}`;
    await text(from, 'hi');
    if (index % 3 !== 0) await text(from, 'M');
    if (index % 3 === 2) await text(from, 'cheese, ham');
  }
  for (const said of ['hi', 'L', 'olives, mushrooms']) await text('+14155550123', said);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  for (const said of ['another one', 'S']) await text('+14155550123', said);
  for (const said of ['hello', 'Can I talk to a person, please?', 'I have waited for an hour.'])
    await text('+14155550124', said);
  for (const from of ['+14155551401', '+14155551402']) for (const said of ['hi', 'boom']) await text(from, said);
  // Numbers with which Twilio fails on purpose.
  for (const from of ['+15005550009', '+15005550001']) await text(from, 'hi');
  await text('+14155551303', 'STOP');
  for (const to of ['+12125550147', '+18085550147']) {
    await engine.notify({ app: 'offers', to, name: 'weekend', text: 'All pizzas 20 % off this weekend.' });
  }
  await new Promise((resolve) => setTimeout(resolve, 5_000));
}

/** @param {string} size @param {{ width: number, height: number }} viewport @param {'light' | 'dark'} colorScheme */
async function photograph(size, viewport, colorScheme) {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
  });
  const page = await context.newPage();
  for (const [name, path] of Object.entries(await pages())) {
    await page.goto(`${server.url}/console${path}`, { waitUntil: 'load' });
    await page.waitForTimeout(2_000);
    await page.screenshot({ path: new URL(`images/${name}-${size}-${colorScheme}.png`, import.meta.url).pathname });
  }
  await context.close();
}

/** Every page of the console, with something to see on it. */
async function pages() {
  /** @type {(path: string) => Promise<any>} */
  const ask = async (path) => (await fetch(`${server.url}/api/v1/${path}`)).json();
  const { messages: failed } = await ask('messages?status=failed&limit=20');
  const { messages: anns } = await ask(`messages?theirs=${encodeURIComponent('+14155550123')}&limit=1`);
  const { conversations } = await ask('conversations?handedOver=true');
  const text = failed.find((/** @type {any} */ { error }) => error.code === '21614').id;
  return {
    health: '/',
    texts: '/texts',
    text: `/texts/${text}`,
    conversations: '/conversations',
    conversation: `/conversations/${anns[0].conversation}`,
    inbox: `/inbox?open=${conversations[0].id}`,
    journeys: '/journeys?app=orders&bot=pizza',
    parked: '/parked',
    person: `/people/${anns[0].conversation}`,
    numbers: '/numbers',
    audit: '/audit',
    phone: '/phone',
  };
}
