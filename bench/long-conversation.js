// Whether a conversation becomes slower with its length: the processor time of a turn (text, machine, commit on disk,
// reply, status) at its 10,000th turn over that at the 10th of a new one. Rounds of the two alternate.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { address, anyText, createEngine, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { createLog, createRuntime } from '@parley/server';
import { SimulatedCarrier } from '@parley/testing';
import { assign } from 'xstate';

const LENGTH = Number(process.env.LENGTH ?? 10_000);
const ROUNDS = Number(process.env.ROUNDS ?? 15);
const TURNS = 100;
const NUMBER = address('+14155550100');

const machine = setupBot({}).createMachine({
  context: { count: 0 },
  on: {
    'message.received': {
      actions: [
        assign({ count: ({ context }) => context.count + 1 }),
        say(({ context }) => `That was text ${context.count}.`),
      ],
    },
  },
});
const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? import.meta.dirname, '.tmp-'));
const carrier = new SimulatedCarrier();
const organization = defineOrganization({
  name: 'Bench',
  apps: [
    defineApp({
      journal: false,
      id: 'counter',
      number: NUMBER,
      bots: [defineBot({ id: 'counter', machine, triggers: [anyText()], firstText: 'event' })],
    }),
  ],
  transports: { sms: carrier },
  storage: sqlite({ file: join(folder, 'bench.db') }),
});
const engine = createEngine(organization, createRuntime({ log: createLog({ level: 'warn' }) }));
await engine.start({ localUrl: 'http://127.0.0.1' });

try {
  const old = address('+12125550000');
  await texts(old, LENGTH);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const young = address(`+1212555${String(1000 + round)}`);
    await texts(young, 10);
    rounds.push({ young: await texts(young, TURNS), old: await texts(old, TURNS) });
  }
  const [young, aged] = ['young', 'old'].map((age) => median(rounds.map((round) => round[age])));
  const document = await organization.storage.conversations.get(`${NUMBER}/${old}`);
  process.stdout.write(
    [
      `turn 10 of a conversation        ${young.toFixed(0)} µs of processor`,
      `turn ${LENGTH} of a conversation     ${aged.toFixed(0)} µs of processor`,
      `turn ${LENGTH} / turn 10             ${(aged / young).toFixed(2)}`,
      `its document                     ${JSON.stringify(document).length} bytes`,
      '',
    ].join('\n'),
  );
} finally {
  await engine.stop({ grace: 1000 });
  await rm(folder, { recursive: true, force: true });
}

/** Sends texts one after the other, each with its reply and its status; microseconds of processor time for each. */
async function texts(from, count) {
  const before = process.cpuUsage();
  for (let sent = 0; sent < count; sent++) {
    const message = { providerId: carrier.nextProviderId(), from, to: [NUMBER], text: 'Once more', media: [], raw: {} };
    await receive({ kind: 'text', message });
    await engine.idle();
    for (const report of carrier.takeReports()) await receive({ kind: 'status', report });
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

function receive(webhook) {
  return engine.receive('sms', { method: 'POST', path: '/', headers: {}, body: Buffer.from(JSON.stringify(webhook)) });
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
