// Replies a second of Parley, which commits to disk, and of other frameworks, which keep everything in memory: signed webhook in,
// state loaded, one step, reply sent through the provider's API, state saved. Rounds of all alternate; figures are medians.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool, request } from 'undici';
import { closedLoop } from '../support/load.js';
import { spawnServer } from '../support/spawn-server.js';
import { account, overTelegram, overTwilio } from './texts.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const TEXTS = Number(process.env.TEXTS ?? 6_000);
const SENDERS = Number(process.env.SENDERS ?? 2_000);
const AT_ONCE = Number(process.env.AT_ONCE ?? 64);
const DELAY = Number(process.env.DELAY ?? 20);
/** Of Parley: how many sends, and connections to the provider, it has at a time. */
const SENDS_AT_ONCE = Number(process.env.SENDS_AT_ONCE ?? 256);
const PEERS = process.env.PEERS?.split(',');

/** From one person at the same moment. */
const BURST = 20;

const all = [
  { id: 'parley', name: 'Parley, SQLite on disk', deliver: overTwilio('/webhooks/twilio/inbound') },
  { id: 'botkit', name: 'Botkit 4.15, memory', deliver: overTwilio('/api/messages') },
  { id: 'bottender', name: 'Bottender 1.5, memory', deliver: overTwilio('/webhooks/whatsapp', 'whatsapp:') },
  { id: 'grammy', name: 'grammY 1.46, memory', deliver: overTelegram('/') },
].filter(({ id }) => PEERS === undefined || PEERS.includes(id));

if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
  console.error('Installing the peers into bench/peers …');
  // Botkit's install script asks npx for a package that is not there; nothing that is measured needs any of them.
  const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', install, { cwd: import.meta.dirname, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? join(import.meta.dirname, '..'), '.tmp-'));
const provider = await spawnServer('../peers/provider', { delay: DELAY });
const contestants = [];

try {
  for (const peer of all) {
    const settings = { ...account, provider: provider.url, sendsAtOnce: SENDS_AT_ONCE, file: join(folder, 'bench.db') };
    const server = await spawnServer(`../peers/${peer.id}`, settings);
    contestants.push({ ...peer, server, sent: 0, rounds: [] });
  }
  for (const contestant of contestants) await refuseForgeries(contestant);
  for (let round = -1; round < ROUNDS; round++) {
    for (const contestant of contestants) {
      const figures = await measure(contestant);
      if (round >= 0) contestant.rounds.push(figures); // the first round warms up
    }
  }
  for (const contestant of contestants) {
    contestant.twice = await repliesToTheSameTwice(contestant);
    contestant.burst = await repliesToMany(contestant);
  }
  print();
} finally {
  await Promise.all([provider, ...contestants.map(({ server }) => server)].map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
}

/** A text that nobody has signed must not get through. */
async function refuseForgeries({ name, server, deliver }) {
  const { path, ...rest } = forge(deliver);
  const { statusCode, body } = await request(server.url + path, rest);
  await body.dump();
  if (statusCode < 400) throw new Error(`${name} answers a forged webhook with ${statusCode}.`);
}

function forge(deliver) {
  const { headers, ...webhook } = deliver({ id: 9_000_000, person: 9_000, text: 'forged' });
  const signed = { 'x-twilio-signature': 'forged', 'x-telegram-bot-api-secret-token': 'forged' };
  return { ...webhook, headers: { ...headers, ...signed } };
}

/** Texts of all people in turn, each person's own counted from 1. */
async function measure(contestant) {
  const { server, deliver, sent } = contestant;
  contestant.sent += TEXTS;
  const texts = Array.from({ length: TEXTS }, (_, index) => textOf(sent + index));
  const webhooks = texts.map(({ id, person, text }) => deliver({ id, person, text }));
  const cpu = await server.cpu();
  const began = performance.timeOrigin + performance.now();
  const acknowledged = await closedLoop(server.url, webhooks, AT_ONCE);
  const { replies, acceptedAt } = await repliesOf({ count: TEXTS });
  const used = ((await server.cpu()) - cpu) / TEXTS;
  const said = new Set(replies.map(({ text }) => text));
  return {
    perSecond: (replies.length / (acceptedAt - began)) * 1000,
    acknowledged50: acknowledged.p50,
    acknowledged99: acknowledged.p99,
    cpu: used,
    wrong: texts.filter(({ expected }) => !said.has(expected)).length,
  };
}

function textOf(id) {
  const text = `This is text number ${id}, as long as texts often are.`;
  return { id, person: id % SENDERS, text, expected: `${Math.floor(id / SENDERS) + 1}: ${text}` };
}

/** The same webhook twice, the second after the first was answered. */
async function repliesToTheSameTwice({ server, deliver }) {
  const webhook = deliver({ id: 5_000_000, person: 5_000, text: 'twice' });
  await closedLoop(server.url, [webhook, webhook], 1);
  const { replies } = await repliesOf({ patience: 2_000 });
  return replies.length;
}

/** Many texts from one person at the same moment, and then one more, whose reply tells how many were counted. */
async function repliesToMany({ server, deliver }) {
  const texts = Array.from({ length: BURST }, (_, index) => ({
    id: 6_000_000 + index,
    person: 6_000,
    text: 'at once',
  }));
  await sendAtOnce(server.url, texts.map(deliver), forge(deliver));
  const { replies } = await repliesOf({ patience: 2_000 });
  await closedLoop(server.url, [deliver({ id: 6_000_000 + BURST, person: 6_000, text: 'afterwards' })], 1);
  const [last] = (await repliesOf({ count: 1, patience: 2_000 })).replies;
  const inOrder = replies.every(({ text }, index) => text === `${index + 1}: at once`);
  return { replies: replies.length, counted: Number.parseInt(last?.text, 10) - 1, inOrder };
}

/** On connections that are open already, so that nothing spreads them. */
async function sendAtOnce(url, webhooks, refused) {
  const pool = new Pool(url, { connections: webhooks.length, pipelining: 1 });
  const send = async (webhook) => (await pool.request(webhook)).body.dump();
  await Promise.all(webhooks.map(() => send(refused)));
  await Promise.all(webhooks.map(send));
  await pool.close();
}

async function repliesOf(query) {
  const { body } = await request(`${provider.url}/replies?${new URLSearchParams(query)}`, { headersTimeout: 0 });
  return body.json();
}

function print() {
  const rows = contestants.map(({ name, rounds, twice, burst }) => [
    name,
    String(Math.round(median(rounds, 'perSecond'))),
    `${Math.round(median(rounds, 'cpu'))} µs`,
    `${median(rounds, 'acknowledged50').toFixed(1)} ms`,
    `${median(rounds, 'acknowledged99').toFixed(1)} ms`,
    String(twice),
    `${burst.replies}${burst.inOrder ? '' : ' (out of step)'}`,
    String(burst.counted),
    String(rounds.reduce((sum, { wrong }) => sum + wrong, 0)),
  ]);
  const head = [
    '',
    'replies/s',
    'processor a reply',
    'answered p50',
    'p99',
    'same twice',
    '20 at once',
    'counted',
    'wrong',
  ];
  printTable([head, ...rows]);
  if (contestants.length === 1) return;
  const [parley, ...peers] = contestants.map(({ rounds }) => median(rounds, 'perSecond'));
  console.log(`\nParley / the fastest of the others: ${(parley / Math.max(...peers)).toFixed(2)}`);
  // On a busy machine they wait for different things; processor time is what they use.
  const [used, ...others] = contestants.map(({ rounds }) => median(rounds, 'cpu'));
  console.log(`The same by processor: ${(Math.min(...others) / used).toFixed(2)}`);
}

function printTable([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  console.log(
    [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n'),
  );
}

function median(rounds, key) {
  const sorted = rounds.map((round) => round[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
