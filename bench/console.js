// How quickly the console answers with ten million messages stored: each question of its pages, asked of the API, and the pages in a browser from
// the click to what was asked for. On SQLite, the default. Run `npm run build`, then: node bench/console.js
// It takes a quarter of an hour, 10 GB of disk, and Chromium from CHROMIUM_PATH or from where Debian puts it.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, defineApp, defineBot, defineOrganization, say, setupBot, silentLog } from '@parley/core';
import { twilio } from '@parley/plugin-twilio';
import { createRuntime, serve } from '@parley/server';
import { chromium } from 'playwright-core';
import { APPS, activity, handedOver, keyOf, message, OURS, totals, write } from './scale/rows.js';
import { openStorage, storageFor } from './scale/storages.js';

const MESSAGES = Number(process.env.MESSAGES ?? 10_000_000);
const FEW = Number(process.env.FEW ?? 10_000);
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const TARGET = 100;
const DAY = 86_400_000;
/** The year of the rows, moved so that it ends at midnight. */
const SHIFT = Math.floor(Date.now() / DAY) * DAY - Date.UTC(2026, 0, 1);

// A folder that is named is kept, to measure again what was written once.
const folder = process.env.BENCH_FOLDER ?? (await mkdtemp(join(tmpdir(), 'parley-console-')));
try {
  const few = await measureWith(FEW);
  const many = await measureWith(MESSAGES);
  for (const [name, times] of many) print(name, inWords(times, few.get(name)));
} finally {
  if (process.env.BENCH_FOLDER === undefined) await rm(folder, { recursive: true, force: true });
}

/** The times of everything that is asked, with so many messages stored. */
async function measureWith(count) {
  const settings = { kind: 'sqlite', folder, name: `console-${count}` };
  if (!existsSync(join(folder, `${settings.name}.db`))) await fill(settings, count);
  return measure((await storageFor(settings)).create());
}

async function fill(settings, count) {
  const storage = await openStorage(settings);
  const people = Math.min(100_000, count / 10);
  const began = performance.now();
  await write(storage, 'conversations', people, handedOver);
  await write(storage, 'messages', count, (index) => shifted(message(index, count, people)));
  await write(storage, 'activity', count, (index) => shifted(activity(index, count, people)));
  await storage.archive.write(
    'totals',
    [...totals(count)].map((total) => ({ ...total, day: total.day + SHIFT })),
  );
  await storage.close();
  print(`${count.toLocaleString('en-US')} messages written`, `${((performance.now() - began) / 1_000).toFixed(0)} s`);
}

function shifted(row) {
  return {
    ...row,
    at: row.at + SHIFT,
    ...(row.history === undefined ? {} : { history: row.history.map((step) => ({ ...step, at: step.at + SHIFT })) }),
  };
}

async function measure(storage) {
  const organization = defineOrganization({
    name: 'Bench',
    // The rows are all of one number; the others' are there for their names.
    apps: APPS.map((id, index) =>
      defineApp({ id, number: index === 0 ? OURS : `+1415555020${index}`, bots: [booking()] }),
    ),
    transports: { twilio: twilio() },
    storage,
  });
  const runtime = createRuntime({ log: silentLog });
  const engine = createEngine(organization, runtime);
  const server = await serve(engine, { ...runtime, port: 0, emulate: 'always', openConsole: true, log: silentLog });
  try {
    return new Map([...(await askAll(server.url)), ...(await walk(server.url))]);
  } finally {
    await server.close({ grace: 1_000 });
  }
}

function booking() {
  const machine = setupBot({}).createMachine({
    initial: 'booking',
    states: { booking: { initial: 'askTime', states: { askTime: { entry: say('Which time?') } } } },
  });
  return defineBot({ id: 'booking', machine });
}

async function askAll(url) {
  const ask = async (path) => {
    const response = await fetch(`${url}/api/v1${path}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return JSON.parse(text);
  };
  const { messages } = await ask('/messages?limit=50');
  const [{ id, conversation }] = messages;
  const now = Date.now();
  const span = (days) => `since=${now - days * DAY}&until=${now}`;
  const questions = {
    'health of a week': `/health?${span(7)}`,
    'health of 90 days, one app': `/health?${span(90)}&app=${APPS[1]}`,
    'health of a year': `/health?${span(365)}`,
    'newest texts': '/messages?limit=50',
    'newest texts of an app that failed': `/messages?app=${APPS[1]}&status=failed&limit=50`,
    'texts of a day half a year ago': `/messages?since=${now - 180 * DAY}&until=${now - 179 * DAY}&limit=50`,
    'texts of a person': `/messages?theirs=${encodeURIComponent(keyOf(77).split('/')[1])}&limit=50`,
    'texts with a word that is in many': '/messages?text=suits&limit=50',
    'texts of a bot': '/messages?bot=booking&limit=50',
    'a text': `/messages/${id}`,
    'conversations of an app': `/conversations?app=${APPS[1]}&limit=50`,
    'handed over': '/conversations?handedOver=true&limit=50',
    'a conversation': `/conversations/${conversation}`,
    'what happened in it': `/conversations/${conversation}/activity?limit=100`,
    journeys: `/journeys?app=${APPS[0]}&limit=50`,
    'a person': `/people/${conversation}`,
  };
  const asked = new Map();
  for (const [name, path] of Object.entries(questions)) {
    const times = [];
    for (let round = -1; round < ROUNDS; round++) {
      const began = performance.now();
      await ask(path);
      if (round >= 0) times.push(performance.now() - began);
    }
    asked.set(`API: ${name}`, times);
  }
  return asked;
}

/** Goes from page to page as an operator would, and takes the time from each click until what it asked for is there, by the browser's own clock. */
async function walk(url) {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return new Map();
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.goto(`${url}/console/`);
  await page.locator('.shell-nav').waitFor();
  const steps = [
    ['Texts', '.shell-link[href$="/texts"]', '.text-row'],
    ['a text', 'a.text-row', '.text-page'],
    ['Conversations', '.shell-link[href$="/conversations"]', '.people-row'],
    ['a conversation', '.people-row a', '.transcript-row'],
    ['Inbox', '.shell-link[href$="/inbox"]', '.inbox > li'],
    ['Journeys', '.shell-link[href$="/journeys"]', '.journey-filters'],
    ['Health', '.shell-nav .shell-link', '.uplot canvas'],
  ];
  const times = new Map(steps.map(([name]) => [`page: ${name}`, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, clicked, shown] of steps) {
      const took = await page.evaluate(clickAndSee, [clicked, shown]);
      if (round >= 0) times.get(`page: ${name}`).push(took);
      await page.waitForTimeout(200);
    }
  }
  await browser.close();
  return times;
}

/** In the browser: clicks, and resolves to how long it takes until what was asked for has been painted. */
function clickAndSee([clicked, shown]) {
  return new Promise((resolve) => {
    const began = performance.now();
    document.querySelector(clicked).click();
    const look = () => {
      if (document.querySelector(shown) === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => resolve(performance.now() - began));
    };
    look();
  });
}

function inWords(times, few) {
  const [many, before] = [median(times), median(few)];
  return `${many.toFixed(0)} ms (target ${TARGET}), ${(many / before).toFixed(1)} times that with ${FEW.toLocaleString('en-US')}`;
}

function median(times) {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];
}

function print(name, value) {
  console.log(`${name.padEnd(48)} ${value}`);
}
