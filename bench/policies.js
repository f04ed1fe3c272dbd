// What policies add to a send: the processor time of each one's hook, with a storage that answers at once and with one in memory; of whole
// sends on SQLite with all of them, over the same without; and how long checks take that contend for one claim, over as many that do
// not, on SQLite and PostgreSQL.
// Run `npm run build`, then: node bench/policies.js
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, defineApp, defineOrganization, silentLog, systemClock } from '@parley/core';
import { consent } from '@parley/plugin-consent';
import { duplicateLimit } from '@parley/plugin-duplicate-limit';
import { firstText } from '@parley/plugin-first-text';
import { memoryStorage } from '@parley/plugin-keyv';
import { optOut } from '@parley/plugin-opt-out';
import { postgres } from '@parley/plugin-postgres';
import { sqlite } from '@parley/plugin-sqlite';
import { tcpa } from '@parley/plugin-tcpa';
import { createRuntime } from '@parley/server';
import { SimulatedCarrier } from '@parley/testing';
import pg from 'pg';
import { documentOf, messageOf } from './support/turns.js';

const POSTGRES = process.env.POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const SCHEMA = 'parley_bench_policies';
const ROUNDS = Number(process.env.ROUNDS ?? 7);
/** Sends in a round. */
const SENDS = Number(process.env.SENDS ?? 20_000);
const TEXT = 'Thanks! Which of these times suits you best: 09:00, 10:30 or 14:15? Reply with a number.';
const PEOPLE = 5_000;

/** Each policy, and what of it runs at every send. A new one gets its line; `rare`: not at a usual send. */
const POLICIES = [
  { name: 'duplicate-limit', make: () => duplicateLimit(), hook: 'checkOutbound' },
  { name: 'first-text, people known', make: () => firstText(), hook: 'rewriteOutbound' },
  { name: 'consent, not needed', make: () => consent(), hook: 'checkOutbound' },
  {
    ...{ name: 'consent, needed and given', make: () => consent(), hook: 'checkOutbound', category: 'marketing' },
    rare: true,
    prepare: allAgree,
    kept: { state: { 'marketing *': { kind: 'given', at: 1, sequence: 1, hash: '0123456789abcdef' } } },
  },
  { name: 'opt-out', make: () => optOut(), hook: 'checkOutbound' },
  { name: 'tcpa, allowed now', make: () => tcpa(alwaysOpen('NY')), hook: 'checkOutbound' },
  // The slot of the text before is free again by the next.
  {
    name: 'tcpa, counted for a cap',
    make: () => tcpa(alwaysOpen('FL', { max: 3, perHours: 1e-9 })),
    hook: 'checkOutbound',
    rare: true,
  },
];

const organization = defineOrganization({
  name: 'Bench',
  apps: [defineApp({ id: 'app', number: '+14155550100', mode: 'published' })],
  transports: { sms: new SimulatedCarrier() },
  storage: memoryStorage(),
  plugins: [],
});
const [app] = organization.apps;
let ids = 0;

console.log('processor time of a send, µs            alone   with a storage in memory');
/** The loop and its views. */
const bare = await perSend({ setup() {}, checkOutbound: async () => undefined }, 'checkOutbound', instantStorage());
let sum = 0;
for (const { name, make, hook, category, prepare, kept, rare } of POLICIES) {
  const alone = (await perSend(make(), hook, instantStorage(kept), category)) - bare;
  const storage = memoryStorage();
  await storage.open({ clock: systemClock, log: silentLog });
  await prepare?.(storage);
  const inMemory = (await perSend(make(), hook, contextOf(storage), category)) - bare;
  await storage.close();
  if (!rare) sum += inMemory;
  console.log(`${name.padEnd(36)} ${alone.toFixed(1).padStart(8)} ${inMemory.toFixed(1).padStart(8)}`);
}
console.log(`${'those of a usual send, target below 50'.padEnd(45)} ${sum.toFixed(1).padStart(8)}`);

await wholeSends();

console.log('\n100 checks at once, each             one claim    a claim each   ratio');
await withSqlite((storage) => contention('SQLite', storage));
if (await isThere()) await withPostgres((storage) => contention('PostgreSQL', storage));

/** Processor time of whole sends on SQLite: a text asked for, stored, checked, taken at once by the provider, settled. */
async function wholeSends() {
  const withAll = () => [firstText(), tcpa(alwaysOpen('NY')), duplicateLimit(), consent(), optOut()];
  const contestants = [
    { name: 'whole sends without policies', plugins: () => [], rounds: [] },
    { name: 'with first-text, tcpa, duplicate-limit, consent, opt-out', plugins: withAll, rounds: [] },
  ];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { plugins, rounds } of contestants) {
      await withSqlite(async (storage) => rounds.push(await perWholeSend(storage, plugins())), { open: false });
    }
  }
  const [without, all] = contestants.map(({ rounds }) => median(rounds.slice(1)));
  console.log();
  for (const { name, rounds } of contestants) {
    console.log(`${name.padEnd(56)} ${median(rounds.slice(1)).toFixed(0).padStart(8)} µs`);
  }
  console.log(`${'ratio, target 1.1'.padEnd(56)} ${(all / without).toFixed(2).padStart(8)}`);
}

async function perWholeSend(storage, plugins) {
  const engine = createEngine(
    defineOrganization({
      name: 'Bench',
      apps: [defineApp({ id: 'app', number: '+14155550100', mode: 'published', pace: { perSecond: 1e6 } })],
      transports: { sms: new SimulatedCarrier() },
      storage,
      plugins,
    }),
    createRuntime({ log: silentLog }),
  );
  await engine.start({ localUrl: 'http://localhost' });
  // Everybody is known by the second text.
  await sendToAll(engine, 'first');
  const before = process.cpuUsage();
  await sendToAll(engine, 'second');
  const { user, system } = process.cpuUsage(before);
  await engine.stop();
  return (user + system) / PEOPLE;
}

async function sendToAll(engine, kind) {
  for (let person = 0; person < PEOPLE; person += 250) {
    const some = Array.from({ length: 250 }, (_, index) => theirsOf(person + index));
    await Promise.all(some.map((to) => engine.notify({ app: 'app', to, name: 'bench', text: `${TEXT} ${kind}` })));
  }
  await engine.idle();
}

/** A state whose hours do not depend on when this is run. */
function alwaysOpen(region, frequencyCap) {
  const hours = { weekday: '00:00-24:00', saturday: '00:00-24:00', sunday: '00:00-24:00' };
  const override = (place) => ({ place, hours, source: 'bench', ...(frequencyCap && { frequencyCap }) });
  return { locate: () => ({ region }), overrides: ['USA', region].map(override) };
}

/** Microseconds of processor for one send by a plugin: the median of some rounds, after one to warm up. */
async function perSend(plugin, hook, context, category) {
  plugin.setup(context);
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let send = 0; send < SENDS; send++) {
      const view = viewOf(send % PEOPLE, `${TEXT} ${round} ${send}`, category);
      if (hook === 'rewriteOutbound') await plugin.rewriteOutbound(view.message.text, view);
      else await plugin.checkOutbound(view);
      // In the round that warms up, everybody gets their first text.
      if (round === 0) await plugin.aroundSend?.(view.message, {}, async () => ({ providerId: 'SM' }));
    }
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / SENDS);
  }
  return median(rounds.slice(1));
}

/** Median milliseconds of a hundred checks of one text, and of a hundred texts. */
async function contention(name, storage) {
  const times = { same: [], apart: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const kind of ['same', 'apart']) {
      const plugin = duplicateLimit();
      plugin.setup(contextOf(storage));
      const views = Array.from({ length: 100 }, (_, index) =>
        viewOf(0, `${TEXT} ${round} ${kind} ${kind === 'same' ? '' : index}`),
      );
      await store(storage, views);
      const began = performance.now();
      const verdicts = await Promise.all(views.map((view) => plugin.checkOutbound(view)));
      times[kind].push((performance.now() - began) / views.length);
      const through = verdicts.filter((verdict) => verdict === undefined).length;
      if (through !== (kind === 'same' ? 1 : 100)) throw new Error(`${through} of 100 texts were let through.`);
    }
  }
  const [same, apart] = [times.same, times.apart].map((all) => median(all.slice(1)) * 1000);
  const ratio = (same / apart).toFixed(1);
  console.log(
    `${name.padEnd(32)} ${same.toFixed(0).padStart(8)} µs ${apart.toFixed(0).padStart(12)} µs ${ratio.padStart(7)}`,
  );
}

/** The messages that are about to be sent are in the log by then. */
function store(storage, views) {
  const theirs = '+14155000000';
  const key = `+14155550100/${theirs}`;
  const messages = views.map(({ message }) => {
    const { providerId: _, ...record } = messageOf(key, theirs, message.id);
    return { ...record, direction: 'outbound', status: 'pending' };
  });
  return storage.conversations.turn(key, (document) => ({
    result: undefined,
    commit: { document: documentOf(key, theirs, (document?.turns ?? 0) + 1), messages, statuses: [], activity: [] },
  }));
}

/** Everybody has agreed to everything. */
async function allAgree(storage) {
  const ledger = consent();
  ledger.setup(contextOf(storage));
  for (let index = 0; index < PEOPLE; index++) {
    await ledger.record({ id: 'agreed', kind: 'given', person: theirsOf(index), at: 1, how: 'web' });
  }
}

function theirsOf(person) {
  return `+1415${String(5_000_000 + person)}`;
}

function viewOf(person, text, category = 'conversational') {
  const id = `018f-${String(ids++).padStart(9, '0')}`;
  const theirs = theirsOf(person);
  const now = Date.now();
  return {
    app,
    actor: { address: theirs, firstName: 'Ann', timeZone: 'America/New_York' },
    message: { id, from: app.address, to: theirs, text, media: [], createdAt: now },
    record: { id, category, text, at: now, origin: { kind: 'notification', name: 'bench' } },
    now,
  };
}

function contextOf(storage) {
  return {
    ...{ organization, log: silentLog, clock: systemClock, newId: () => String(ids++) },
    keyv: storage.keyv('bench'),
    claim: (key, owner, ttl) => storage.claim(key, owner, ttl),
    release: (key, owner) => storage.release(key, owner),
    messages: storage.messages,
  };
}

/** Knows everybody, and gives everybody what they claim. */
function instantStorage(kept = 'earlier') {
  return {
    ...{ organization, log: silentLog, clock: systemClock, newId: () => String(ids++) },
    // Where many keys are read at once, there is nothing under any.
    keyv: {
      ...{ store: { getMany() {} }, get: async () => kept, set: async () => true },
      getMany: async (keys) => keys.map(() => undefined),
    },
    claim: async (_, owner) => owner,
    release: async () => {},
    messages: { get: async () => undefined },
  };
}

async function withSqlite(run, { open = true } = {}) {
  const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'parley-bench-'));
  try {
    const storage = sqlite({ file: join(folder, 'bench.db') });
    await (open ? opened(storage, run) : run(storage));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function withPostgres(run) {
  try {
    await opened(postgres({ url: POSTGRES, schema: SCHEMA }), run);
  } finally {
    await query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
  }
}

async function opened(storage, run) {
  await storage.open({ clock: systemClock, log: silentLog });
  try {
    await run(storage);
  } finally {
    await storage.close();
  }
}

async function isThere() {
  try {
    await query('SELECT 1');
    return true;
  } catch {
    console.log(`PostgreSQL does not answer at ${new URL(POSTGRES).host}`);
    return false;
  }
}

async function query(text) {
  const client = new pg.Client({ connectionString: POSTGRES });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
