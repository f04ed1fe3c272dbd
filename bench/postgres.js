// How fast PostgreSQL takes turns in, with one process and with two, over SQLite: ratios of one run.
// Run `npm run build`, then: POSTGRES_URL=postgres://… node bench/postgres.js [turns]
// The server shares the machine with the processes that ask it, so that two of them are not twice as fast on two cores.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { sqlite } from '@parley/plugin-sqlite';
import pg from 'pg';
import { takeTurns } from './support/turns.js';

const URL = process.env.POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const TURNS = Number(process.argv[2] ?? 30_000);
const CONVERSATIONS = 5_000;
const SCHEMA = 'parley_bench';
const context = { clock: systemClock, log: silentLog };

if (process.env.BENCH_CHILD !== undefined) await child(JSON.parse(process.env.BENCH_CHILD));
else await main();

/** One process among several: opens, says so, waits for the sign, takes its turns. */
async function child({ name, turns, atOnce }) {
  const storage = postgres({ url: URL, schema: SCHEMA });
  await storage.open(context);
  process.send('ready');
  await once(process, 'message');
  const cpu = process.cpuUsage();
  const latency = await takeTurns(storage, {
    count: turns,
    atOnce,
    conversations: CONVERSATIONS,
    from: Number(name) * CONVERSATIONS,
    name,
  });
  const { user, system } = process.cpuUsage(cpu);
  process.send({ ...latency, cpu: user + system });
  await once(process, 'message');
  await storage.close();
  process.disconnect();
}

async function main() {
  const results = {
    sqlite: await onSqlite(512),
    one: await onPostgres(1, 512),
    two: await onPostgres(2, 256),
    lone: await onPostgres(1, 1, Math.min(TURNS, 2_000)),
  };
  const ratio = (one, other) => (results[one].perSecond / results[other].perSecond).toFixed(2);
  console.log(`\nPostgreSQL, one process / SQLite:       ${ratio('one', 'sqlite')}`);
  console.log(`PostgreSQL, two processes / SQLite:     ${ratio('two', 'sqlite')}`);
  console.log(`PostgreSQL, two processes / one:        ${ratio('two', 'one')}`);
}

async function onSqlite(atOnce) {
  const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'parley-bench-'));
  const storage = sqlite({ file: join(folder, 'bench.db') });
  await storage.open(context);
  await takeTurns(storage, { count: CONVERSATIONS, atOnce, conversations: CONVERSATIONS, name: 'w' });
  const cpu = process.cpuUsage();
  const began = performance.now();
  const latency = await takeTurns(storage, { count: TURNS, atOnce, conversations: CONVERSATIONS, name: '0' });
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  await storage.close();
  rmSync(folder, { recursive: true });
  return report('SQLite, 512 at once', TURNS, seconds, [{ ...latency, cpu: user + system }]);
}

async function onPostgres(processes, atOnce, turns = TURNS) {
  await drop();
  const share = Math.floor(turns / processes);
  const children = [];
  for (let name = 0; name < processes; name++) {
    const settings = { name: String(name), turns: share, atOnce };
    const one = fork(import.meta.filename, { env: { ...process.env, BENCH_CHILD: JSON.stringify(settings) } });
    await once(one, 'message');
    children.push(one);
  }
  const began = performance.now();
  const answers = children.map(async (one) => (await once(one, 'message'))[0]);
  for (const one of children) one.send('go');
  const results = await Promise.all(answers);
  const seconds = (performance.now() - began) / 1_000;
  for (const one of children) one.send('end');
  await Promise.all(children.map((one) => once(one, 'exit')));
  await drop();
  const name = `PostgreSQL, ${processes} ${processes === 1 ? 'process' : 'processes'}, ${processes * atOnce} at once`;
  return report(name, share * processes, seconds, results);
}

function report(name, turns, seconds, results) {
  const perSecond = turns / seconds;
  const cpu = results.reduce((sum, result) => sum + result.cpu, 0) / turns;
  const worst = (field) => Math.max(...results.map((result) => result[field])).toFixed(1);
  console.log(
    `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(7)}/s  p50 ${worst('p50')} ms  p99 ${worst('p99')} ms  ` +
      `${cpu.toFixed(0)} µs of our CPU each`,
  );
  return { perSecond };
}

async function drop() {
  const client = new pg.Client({ connectionString: URL });
  await client.connect();
  await client.query(`SET client_min_messages = error; DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
  await client.end();
}
