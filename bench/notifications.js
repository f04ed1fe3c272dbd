// Recipients a second of a broadcast on SQLite (a text made for each from its template, a turn that stores it, a turn that settles it; both
// committed to disk) with a provider that accepts at once, and what 100,000 take of memory beyond 10,000. Each size has a process of
// its own, since memory that was once taken is seldom given back.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, defineApp, defineOrganization } from '@parley/core';
import { defineNotification, notifications } from '@parley/plugin-notifications';
import { sqlite } from '@parley/plugin-sqlite';
import { createLog, createRuntime } from '@parley/server';

const SIZES = (process.env.SIZES ?? '10000,100000').split(',').map(Number);
const SENDS_AT_ONCE = Number(process.env.SENDS_AT_ONCE ?? 100);

if (process.env.BROADCAST_SIZE === undefined) await compare();
else await broadcast(Number(process.env.BROADCAST_SIZE));

async function compare() {
  const figures = [];
  for (const size of SIZES) {
    const child = fork(import.meta.filename, { env: { ...process.env, BROADCAST_SIZE: String(size) } });
    const [result] = await once(child, 'message');
    await once(child, 'exit');
    figures.push(result);
    const { perSecond, cpu, upload, peak, grown } = result;
    const memory = `peak ${Math.round(peak / 2 ** 20)} MB, ${Math.round(grown / 2 ** 20)} MB more than at the start`;
    print(
      `${size} recipients`,
      `${Math.round(perSecond)} a second, ${Math.round(cpu)} µs of processor each, ${memory}`,
    );
    print('', `the list was stored at ${Math.round(upload)} lines a second`);
  }
  const [first, last] = [figures[0], figures.at(-1)];
  print(
    'peak / peak',
    `${(last.peak / first.peak).toFixed(2)}; growth / growth ${(last.grown / first.grown).toFixed(2)}`,
  );
}

/** Everything that one broadcast takes, from its first line to its last text. */
async function broadcast(size) {
  const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? import.meta.dirname, '.tmp-'));
  const news = defineNotification({
    name: 'news',
    text: 'Hi {{ actor.first_name | default: name }}, your order {{ order }} comes {{ at | date: "cccc, h:mm a" }}.',
    data: { name: 'text', order: 'number', at: 'date' },
  });
  const texts = notifications({ notifications: [news], mostRecipients: size });
  const engine = createEngine(
    defineOrganization({
      name: 'Bench',
      apps: [defineApp({ id: 'news', number: '+14155550100' })],
      transports: { instant: instant() },
      storage: sqlite({ file: join(folder, 'bench.db') }),
      plugins: [texts],
      engine: { sendsAtOnce: SENDS_AT_ONCE },
    }),
    createRuntime({ log: createLog({ level: 'warn' }) }),
  );
  await engine.start({ localUrl: 'http://127.0.0.1:3000' });
  const before = process.memoryUsage.rss();
  const cpu = process.cpuUsage();
  const began = performance.now();
  const { id } = await texts.broadcast('news', recipients(size));
  const stored = performance.now();
  let progress = await texts.progress(id);
  while (progress.state !== 'done') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    progress = await texts.progress(id);
  }
  const ended = performance.now();
  if (progress.outcomes.sent !== size) throw new Error(`${progress.outcomes.sent} of ${size} were sent.`);
  const { user, system } = process.cpuUsage(cpu);
  const peak = process.resourceUsage().maxRSS * 1024;
  process.send({
    perSecond: (size / (ended - stored)) * 1000,
    upload: (size / (stored - began)) * 1000,
    cpu: (user + system) / size,
    ...{ peak, grown: peak - before },
  });
  process.disconnect();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}

function* recipients(size) {
  for (let n = 0; n < size; n++) {
    yield { to: `+1212${2_000_000 + n}`, data: { name: `Person ${n}`, order: n, at: '2026-12-01T09:00:00' } };
  }
}

/** A provider without a network. */
function instant() {
  let receipts = 0;
  return {
    name: 'instant',
    open: async () => {},
    close: async () => {},
    send: async () => ({ providerId: `SM${++receipts}`, providerStatus: 'queued' }),
    find: async () => undefined,
    webhooks: { verify() {}, parse: () => ({ inbound: [], statuses: [], reply: { status: 204 } }) },
  };
}

function print(name, value) {
  process.stdout.write(`${name.padEnd(22)} ${value}\n`);
}
