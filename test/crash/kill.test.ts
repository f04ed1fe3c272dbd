import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { address } from '@parley/core';
import { createTwilioEmulator, type TwilioEmulator } from '@parley/plugin-twilio/emulator';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** How often the server is killed; set KILLS for a longer campaign. */
const KILLS = Number(process.env.KILLS ?? 10);
/** Repeats a campaign: the moments of the kills follow from it. */
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);
const PEOPLE = 12;
const NUMBER = address('+14155550100');

let folder: string;
let emulator: TwilioEmulator;
let server: ChildProcess | undefined;
let settings: Record<string, unknown>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-crash-'));
  const port = await freePort();
  emulator = await createTwilioEmulator({
    numbers: [{ number: NUMBER, inboundUrl: `http://127.0.0.1:${port}/webhooks/twilio/inbound` }],
    latency: { sending: 1, sent: 2, outcome: 5 },
    keepMessages: 1_000_000,
  });
  const { accountSid, authToken, url } = emulator;
  settings = { accountSid, authToken, baseUrl: url, number: NUMBER, port, file: join(folder, 'crash.db') };
});

afterEach(async () => {
  await kill();
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

it(`loses and repeats nothing while the server is killed with -9 (seed ${SEED})`, {
  timeout: 120_000 + KILLS * 2_000,
}, async () => {
  await start();
  const acknowledged = new Set<string>();
  const unanswered = new Set<string>();
  let over = false;
  const people = Array.from({ length: PEOPLE }, async (_, person) => {
    const from = address(`+1212555${String(1000 + person)}`);
    for (let n = 1; !over; n++) {
      const text = `text ${n} of person ${person}`;
      const { answered } = await emulator.text({ from, to: NUMBER, text });
      (answered === 200 ? acknowledged : unanswered).add(text);
      await sleep(answered === 200 ? 30 : 100);
    }
  });
  const random = seededRandom(SEED);
  for (let kills = 0; kills < KILLS; kills++) {
    await sleep(100 + random() * 400);
    await kill();
    await start();
  }
  over = true;
  await Promise.all(people);
  await eventually(() => {
    const said = textsAtPhones();
    const missing = [...acknowledged].filter((text) => countOf(said, `got ${text} as number`) !== 1);
    expect(missing).toEqual([]);
    // The last text of each has nobody to hurry its task and its timer away.
    for (const text of lastOf(said)) {
      expect(countOf(said, `found ${text}`)).toBe(1);
      expect(countOf(said, `still there after ${text}?`)).toBe(1);
    }
  });

  const said = textsAtPhones();
  expect(acknowledged.size).toBeGreaterThan(PEOPLE);
  // What was not acknowledged may have been taken in all the same, but once only.
  for (const text of unanswered) expect(countOf(said, `got ${text} as number`)).toBeLessThanOrEqual(1);
  expect(new Set(said).size).toBe(said.length);
  for (let person = 0; person < PEOPLE; person++) expectGaplessCount(said, person);
});

/** Every message that Twilio took, oldest first, with the person it went to. */
function textsAtPhones(): string[] {
  return emulator
    .messages()
    .filter((message) => message.direction === 'outbound-api')
    .map((message) => message.body);
}

/** The counter of each conversation went up by one with every text, across all lives of the process. */
function expectGaplessCount(said: readonly string[], person: number): void {
  const counts = said.flatMap((text) => {
    const match = new RegExp(`^got text \\d+ of person ${person} as number (\\d+)$`).exec(text);
    return match ? [Number(match[1])] : [];
  });
  expect(counts.toSorted((a, b) => a - b)).toEqual(counts.map((_, index) => index + 1));
}

function lastOf(said: readonly string[]): string[] {
  const last = new Map<string, string>();
  for (const text of said) {
    const match = /^got (text \d+ of (person \d+)) as number \d+$/.exec(text);
    if (match?.[1] !== undefined && match[2] !== undefined) last.set(match[2], match[1]);
  }
  return [...last.values()];
}

function countOf(said: readonly string[], beginning: string): number {
  return said.filter((text) => text === beginning || text.startsWith(`${beginning} `)).length;
}

async function start(): Promise<void> {
  const child = fork(new URL('./server.js', import.meta.url), {
    env: { ...process.env, CRASH_TEST: JSON.stringify(settings) },
    execArgv: [],
  });
  server = child;
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`The server ended with ${code} before it listened.`)),
    ),
  ]);
}

async function kill(): Promise<void> {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

/** Tries until it holds, for a minute at most. */
async function eventually(check: () => void): Promise<void> {
  const end = performance.now() + 60_000;
  for (;;) {
    try {
      check();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(100);
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { readonly port: number };
  probe.close();
  return port;
}

function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
