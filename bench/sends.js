// Texts a second that leave through Parley (a turn that stores the text, the transport, a turn that settles it; both committed
// to disk), over a bare loop of undici's that makes the same requests to the same provider over as many connections. Rounds of the
// two alternate; the ratio is of their medians.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, defineApp, defineOrganization } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { createLog, createRuntime } from '@parley/server';
import { Pool } from 'undici';
import { spawnServer } from './support/spawn-server.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const TEXTS = Number(process.env.TEXTS ?? 6_000);
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 64);
/** Parley's own limit; ten times as many wait for room, and more than that wait in their documents for seconds. */
const SENDS_AT_ONCE = Number(process.env.SENDS_AT_ONCE ?? TEXTS);
/** How long the provider takes, in milliseconds. */
const DELAY = Number(process.env.DELAY ?? 0);

/** How many texts are being asked for at a time. */
const ASKING = 256;

const accountSid = `AC${'0'.repeat(31)}1`;
const authToken = 'bench';
const from = '+14155550100';
const publicUrl = 'https://bots.example.com';

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? import.meta.dirname, '.tmp-'));
const provider = await spawnServer('../peers/provider', { delay: DELAY });
const pool = new Pool(provider.url, { connections: CONNECTIONS, pipelining: 1 });
const engine = createEngine(
  defineOrganization({
    name: 'Bench',
    apps: [defineApp({ id: 'news', number: from })],
    transports: { twilio: twilio({ accountSid, authToken, baseUrl: provider.url, connections: CONNECTIONS }) },
    storage: sqlite({ file: join(folder, 'bench.db') }),
    publicUrl,
    engine: { sendsAtOnce: SENDS_AT_ONCE },
  }),
  createRuntime({ log: createLog({ level: 'warn' }) }),
);
let people = 0;

try {
  await engine.start({ localUrl: publicUrl });
  const contestants = [
    { name: 'bare undici', send: sendBare, rounds: [] },
    { name: 'Parley', send: sendThroughParley, rounds: [] },
  ];
  for (let round = -1; round < ROUNDS; round++) {
    for (const { send, rounds } of contestants) {
      const figures = await measure(send);
      if (round >= 0) rounds.push(figures); // the first round warms up
    }
  }
  for (const { name, rounds } of contestants) {
    const each = `${Math.round(median(rounds, 'cpu'))} µs of processor each`;
    print(name, `${Math.round(median(rounds, 'perSecond'))} texts/s, ${each}`);
  }
  const [bare, parley] = contestants.map(({ rounds }) => median(rounds, 'perSecond'));
  print('Parley / bare undici', (parley / bare).toFixed(2));
  // On a busy machine the two wait for different things; processor time is what they use.
  const [least, used] = contestants.map(({ rounds }) => median(rounds, 'cpu'));
  print('the same by processor', (least / used).toFixed(2));
} finally {
  await engine.stop();
  await pool.close();
  await provider.close();
  await rm(folder, { recursive: true, force: true });
}

/** Until the provider has accepted the last one. */
async function measure(send) {
  const texts = Array.from({ length: TEXTS }, () => {
    const n = people++;
    return { to: `+1212${2_000_000 + n}`, text: `This is text number ${n}, as long as texts often are.` };
  });
  const cpu = process.cpuUsage();
  const began = performance.timeOrigin + performance.now();
  await send(texts);
  await engine.idle();
  const { user, system } = process.cpuUsage(cpu);
  const { body } = await pool.request({ method: 'GET', path: `/replies?count=${TEXTS}` });
  const { replies, acceptedAt } = await body.json();
  if (replies.length !== TEXTS) throw new Error(`${replies.length} of ${TEXTS} texts were sent.`);
  return { perSecond: (TEXTS / (acceptedAt - began)) * 1000, cpu: (user + system) / TEXTS };
}

function sendThroughParley(texts) {
  return inTurn(texts, ASKING, ({ to, text }) => engine.notify({ app: 'news', name: 'news', to, text }));
}

/** What Parley's transport asks of the provider, down to the headers. */
function sendBare(texts) {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    'user-agent': 'parley',
    authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
  };
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  return inTurn(texts, CONNECTIONS, async ({ to, text }) => {
    const statusCallback = `${publicUrl}/webhooks/twilio/status?message=0199f2a0-0000-7000-8000-000000000000`;
    const form = new URLSearchParams({ To: to, From: from, Body: text, StatusCallback: statusCallback });
    const { statusCode, body } = await pool.request({ method: 'POST', path, headers, body: form.toString() });
    await body.json();
    if (statusCode !== 201) throw new Error(`The provider answered ${statusCode}.`);
  });
}

async function inTurn(items, atOnce, work) {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function median(rounds, key) {
  const sorted = rounds.map((round) => round[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function print(name, value) {
  process.stdout.write(`${name.padEnd(22)} ${value}\n`);
}
