// Webhooks a second through everything (signature, turn, commit on disk), over those of a bare Koa app that parses the
// body and checks the signature and does nothing else. Rounds of the two alternate; the ratio is of their medians.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { closedLoop, openLoop } from './support/load.js';
import { spawnServer } from './support/spawn-server.js';
import { signedWebhooks } from './support/webhooks.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const REQUESTS = Number(process.env.REQUESTS ?? 6_000);
const CONNECTIONS = 64;
const account = { accountSid: `AC${'0'.repeat(31)}1`, authToken: 'bench', number: '+14155550100', senders: 2_000 };

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? import.meta.dirname, '.tmp-'));
let sent = 0;

function webhooks(url, path, count) {
  const requests = signedWebhooks({ url, path, count, from: sent, ...account });
  sent += count;
  return requests;
}

try {
  const bare = await spawnServer('bare', account);
  const parley = await spawnServer('parley', { ...account, file: join(folder, 'bench.db') });
  const contestants = [
    { name: 'bare Koa', server: bare, path: '/inbound', rounds: [] },
    { name: 'Parley', server: parley, path: '/webhooks/twilio/inbound', rounds: [] },
  ];
  for (let round = -1; round < ROUNDS; round++) {
    for (const { server, path, rounds } of contestants) {
      const requests = webhooks(server.url, path, REQUESTS);
      const before = await server.cpu();
      const result = await closedLoop(server.url, requests, CONNECTIONS);
      const cpu = ((await server.cpu()) - before) / REQUESTS;
      if (round >= 0) rounds.push({ ...result, cpu }); // the first round warms up
    }
  }
  for (const { name, rounds } of contestants) {
    print(
      name,
      `${Math.round(median(rounds, 'perSecond'))} webhooks/s, p99 ${median(rounds, 'p99').toFixed(1)} ms, ${median(rounds, 'cpu').toFixed(0)} µs of processor each`,
    );
  }
  const [koa, own] = contestants.map(({ rounds }) => median(rounds, 'perSecond'));
  print('Parley / bare Koa', (own / koa).toFixed(2));
  const [koaCpu, ownCpu] = contestants.map(({ rounds }) => median(rounds, 'cpu'));
  print('the same by processor', (koaCpu / ownCpu).toFixed(2));

  const steady = await openLoop(parley.url, webhooks(parley.url, '/webhooks/twilio/inbound', 5_000), 500);
  print(
    'Parley at 500/s',
    `p50 ${steady.p50.toFixed(1)} ms, p99 ${steady.p99.toFixed(1)} ms, max ${steady.max.toFixed(1)} ms`,
  );
  await Promise.all([bare.close(), parley.close()]);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function median(rounds, key) {
  const sorted = rounds.map((round) => round[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function print(name, value) {
  process.stdout.write(`${name.padEnd(22)} ${value}\n`);
}
