// What a storage does when there is a lot in it: turns among a million dormant conversations, a start with as many timers,
// queries over ten million messages, a hundred thousand timers in one second with webhooks meanwhile.
// Run `npm run build`, then: node bench/storage-scale.js [turns] [start] [messages] [timers]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { APPS, activity, dormant, handedOver, keyOf, message, OURS, theirsOf, totals, write } from './scale/rows.js';
import { openStorage, storageFor } from './scale/storages.js';
import { account, timerDocuments } from './scale/timers.js';
import { openLoop } from './support/load.js';
import { signedWebhooks } from './support/webhooks.js';

const kind = process.env.STORAGE ?? 'sqlite';
const CONVERSATIONS = Number(process.env.CONVERSATIONS ?? 1_000_000);
const FEW = Number(process.env.FEW ?? 1_000);
const MESSAGES = Number(process.env.MESSAGES ?? 10_000_000);
const TIMERS = Number(process.env.TIMERS ?? 100_000);
const TURNS = Number(process.env.TURNS ?? 5_000);
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const RATE = Number(process.env.RATE ?? 200);

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'parley-scale-'));

/** The time of turns with a message each, over so many of the conversations that are there. */
async function turns(storage, people, from) {
  const began = performance.now();
  for (let turn = 0; turn < TURNS; turn += 250) {
    await Promise.all(
      Array.from({ length: 250 }, (_, index) => {
        const number = people[(turn + index) % people.length];
        const id = `t${from + turn + index}`;
        const record = {
          ...message(turn + index, TURNS, 1),
          id,
          providerId: id,
          conversation: keyOf(number),
          at: Date.now(),
        };
        return storage.conversations.turn(keyOf(number), (document) => ({
          result: undefined,
          commit: { document: dormant(number, document.turns + 1), messages: [record], statuses: [], activity: [] },
        }));
      }),
    );
  }
  return ((performance.now() - began) / TURNS) * 1_000;
}

async function turnsAmongMany() {
  const few = { name: `among ${format(FEW)}`, count: FEW, people: range(FEW, (index) => index) };
  // The same number of people text in both: the newest ones, or some anywhere among the others, where each has a page of its own.
  const newest = { count: CONVERSATIONS, people: range(FEW, (index) => CONVERSATIONS - FEW + index) };
  const anywhere = { count: CONVERSATIONS, people: range(FEW, (index) => Math.floor((index / FEW) * CONVERSATIONS)) };
  const contestants = [
    few,
    { ...newest, name: `among ${format(CONVERSATIONS)}, the newest` },
    { ...anywhere, name: `among ${format(CONVERSATIONS)}, anywhere` },
  ];
  const storages = new Map();
  for (const { count } of contestants) {
    if (storages.has(count)) continue;
    const settings = { kind, folder, name: `turns-${count}` };
    const storage = await openStorage(settings);
    storages.set(count, { storage, settings });
    const took = await timed(() => write(storage, 'conversations', count, (number) => dormant(number)));
    print(`${format(count)} conversations written`, `${(took / 1_000).toFixed(1)} s`);
  }
  let written = 0;
  for (let round = -1; round < ROUNDS; round++) {
    for (const contestant of contestants) {
      const each = await turns(storages.get(contestant.count).storage, contestant.people, written);
      written += TURNS;
      contestant.micros ??= [];
      if (round >= 0) contestant.micros.push(each); // the first round warms up
    }
  }
  for (const { name, micros } of contestants) {
    const ratio = median(micros.map((each, round) => each / few.micros[round]));
    print(`a turn ${name}`, `${median(micros).toFixed(1)} µs, ratio ${ratio.toFixed(2)} (target 1.2)`);
  }
  for (const { storage, settings } of storages.values()) {
    await storage.close();
    await (await storageFor(settings)).remove();
  }
}

async function startWithTimers() {
  const settings = { kind, folder, name: 'start' };
  const storage = await openStorage(settings);
  const documentOf = await timerDocuments();
  const from = Date.now() + 3_600_000;
  await write(storage, 'conversations', CONVERSATIONS, (number) => documentOf(number, from + (number % 1_000) * 1_000));
  await storage.close();
  const child = fork(new URL('./scale/start.js', import.meta.url), {
    execArgv: ['--expose-gc'],
    env: { ...process.env, BENCH: JSON.stringify(settings) },
  });
  const [{ ms, megabytes, processMegabytes }] = await once(child, 'message');
  await once(child, 'exit');
  print(`start with ${format(CONVERSATIONS)} timers (target 1,000 ms)`, `${ms.toFixed(0)} ms`);
  print('memory of it (target 200 MB)', `${megabytes.toFixed(0)} MB more, ${processMegabytes.toFixed(0)} MB in all`);
  await (await storageFor(settings)).remove();
}

async function queriesOverMany() {
  const settings = { kind, folder, name: 'messages' };
  const storage = await openStorage(settings);
  const people = Math.min(100_000, MESSAGES / 10);
  await write(storage, 'conversations', people, handedOver);
  const took = await timed(() => write(storage, 'messages', MESSAGES, (index) => message(index, MESSAGES, people)));
  await storage.archive.write('totals', [...totals(MESSAGES)]);
  print(`${format(MESSAGES)} messages written`, `${(took / 1_000).toFixed(0)} s`);
  const tookActivity = await timed(() =>
    write(storage, 'activity', MESSAGES, (index) => activity(index, MESSAGES, people)),
  );
  print(`${format(MESSAGES)} activities written`, `${(tookActivity / 1_000).toFixed(0)} s`);
  const { messages, conversations } = storage;
  const happened = storage.activity;
  const day = 86_400_000;
  const year = { since: Date.UTC(2025, 0, 1), until: Date.UTC(2026, 0, 1) };
  const middle = Date.UTC(2025, 6, 1);
  const queries = {
    'totals by app': () => messages.totals(),
    'totals of one app by number and day': () => messages.totals({ app: APPS[1], by: ['ours', 'day'] }),
    'totals of a month by day': () => messages.totals({ since: middle, until: middle + 30 * day, by: ['day'] }),
    'newest page of all': () => messages.list({ limit: 50 }),
    'newest page of an app': () => messages.list({ app: APPS[1], limit: 50 }),
    'a page of an app in the middle': () => messages.list({ app: APPS[1], until: middle, limit: 50 }),
    'a page that failed': () => messages.list({ status: 'failed', limit: 50 }),
    'a page of an app that failed': () => messages.list({ app: APPS[1], status: 'failed', limit: 50 }),
    'a page that was delivered': () => messages.list({ status: 'delivered', limit: 50 }),
    'a page of a person': () => messages.list({ theirs: theirsOf(77), limit: 50 }),
    'a page of a conversation': () => messages.list({ conversation: keyOf(77), limit: 50 }),
    'a text that is in many': () => messages.list({ text: 'SUITS', limit: 50 }),
    'a text in a conversation': () => messages.list({ conversation: keyOf(77), text: 'needle', limit: 50 }),
    'a text that is in none, within an hour of an app': () =>
      messages.list({ app: APPS[1], text: 'needle', since: middle, until: middle + 3_600_000, limit: 50 }),
    'a page that a bot said, who says most': () => messages.list({ bot: 'booking', limit: 50 }),
    'failures of a day by code': () => messages.failures({ since: middle, until: middle + day, limit: 100_000 }),
    'a page of what happened in an app': () => happened.list({ app: APPS[1], limit: 50 }),
    'a page of a rare kind': () => happened.list({ kinds: ['handoff'], limit: 50 }),
    'a page of two kinds in an app': () => happened.list({ app: APPS[1], kinds: ['handoff', 'track'], limit: 50 }),
    'a page of a kind that never was': () => happened.list({ kinds: ['parked'], limit: 50 }),
    'a page of what happened in an app in the middle': () => happened.list({ app: APPS[1], until: middle, limit: 50 }),
    'a page of conversations that people have': () => conversations.list({ handedOver: true, limit: 50 }),
    'a page of people by the beginning of their number': () => conversations.list({ person: '+12000', limit: 50 }),
    'such people of an app': () => conversations.list({ person: '+12000', app: APPS[1], limit: 50 }),
    'the backlog, of which all are due': () => conversations.backlog(5e12, 10_000),
    'by the provider’s id': () => messages.getByProviderId(`SM${String(1_234_567 % MESSAGES).padStart(32, '0')}`),
  };
  for (const [name, query] of Object.entries(queries)) {
    const times = [];
    for (let run = 0; run < 9; run++) times.push(await timed(query));
    print(`${name} (target 50 ms)`, `${median(times).toFixed(2)} ms, at first ${times[0].toFixed(1)} ms`);
  }
  const whole = await timed(() => messages.list({ text: 'no such words', limit: 50 }));
  print('a text that is in none, all of them', `${whole.toFixed(0)} ms`);
  const failures = await timed(() => messages.failures({ ...year, limit: 100_000 }));
  print('failures of a year by code', `${failures.toFixed(0)} ms`);
  const other = await timed(() => messages.list({ bot: 'none', limit: 50 }));
  print('a page of a bot that has said nothing, all of them', `${other.toFixed(0)} ms`);
  const redact = { mode: 'redact', what: 'messages', before: middle, limit: 500 };
  const batches = [];
  for (let run = 0; run < 9; run++) batches.push(await timed(() => storage.prune(redact)));
  print('redacting a batch of 500', `${median(batches).toFixed(1)} ms`);
  const erasing = await timed(() => storage.erase(theirsOf(77)));
  print(`erasing a person of ${format(Math.round(MESSAGES / people))} messages`, `${erasing.toFixed(1)} ms`);
  await storage.close();
  if (kind === 'sqlite') await checks(settings);
  await (await storageFor(settings)).remove();
}

/** How long it takes to open a large file, with each way of checking it. */
async function checks({ name }) {
  const { sqlite } = await import('@parley/plugin-sqlite');
  const { silentLog, systemClock } = await import('@parley/core');
  const { stat } = await import('node:fs/promises');
  const file = join(folder, `${name}.db`);
  const gigabytes = (await stat(file)).size / 1024 ** 3;
  for (const check of ['off', 'quick']) {
    const storage = sqlite({ file, check });
    const took = await timed(() => storage.open({ clock: systemClock, log: silentLog }));
    print(`opening ${gigabytes.toFixed(2)} GB, check: ${check}`, `${took.toFixed(0)} ms`);
    await storage.close();
  }
}

async function timersAtOnce() {
  const settings = { kind, folder, name: 'timers' };
  const storage = await openStorage(settings);
  const documentOf = await timerDocuments();
  const at = Date.now() + 20_000 + TIMERS / 5;
  await write(storage, 'conversations', TIMERS, (number) => documentOf(number, at + (number % 1_000)));
  await storage.close();
  const child = fork(new URL('./servers/timers.js', import.meta.url), {
    env: { ...process.env, NODE_ENV: 'production', BENCH: JSON.stringify(settings) },
  });
  const [{ url }] = await once(child, 'message');
  if (Date.now() > at - 5_000) {
    child.kill();
    throw new Error('Writing the timers took too long: the first are due already.');
  }
  const quiet = await openLoop(url, webhooks(url, 0, RATE * 2), RATE);
  await sleep(at - 1_000 - Date.now());
  let over = false;
  const load = openLoop(url, webhooks(url, RATE * 2, RATE * 20), RATE);
  load.finally(() => {
    over = true;
  });
  let done;
  while (done === undefined) {
    child.send('left');
    const [{ nextDueAt }] = await once(child, 'message');
    if (nextDueAt > at + 60_000) done = Date.now();
    else await sleep(50);
  }
  const { p50, p99, max } = await load;
  print(`${format(TIMERS)} timers, all rung after (due within 1 s)`, `${((done - at) / 1_000).toFixed(2)} s`);
  print(`webhooks at ${RATE}/s before`, `p50 ${quiet.p50.toFixed(1)} ms, p99 ${quiet.p99.toFixed(1)} ms`);
  print(
    'webhooks meanwhile (target p99 250 ms)',
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms`,
  );
  if (!over) throw new Error('unreachable');
  child.send('close');
  await once(child, 'exit');
  await (await storageFor(settings)).remove();
}

/** From people who have no timer that rings now. */
function webhooks(url, from, count) {
  return signedWebhooks({
    url,
    path: '/webhooks/twilio/inbound',
    ...account,
    number: OURS,
    count,
    senders: 2_000,
    from,
  });
}

function range(count, at) {
  return Array.from({ length: count }, (_, index) => at(index));
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function format(count) {
  return count.toLocaleString('en-US');
}

function print(name, value) {
  process.stdout.write(`${name.padEnd(66)} ${value}\n`);
}

const parts = { turns: turnsAmongMany, start: startWithTimers, messages: queriesOverMany, timers: timersAtOnce };
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const { bavail, bsize } = await statfs(folder);
print(`${kind}, in ${folder}`, `${((bavail * bsize) / 1024 ** 3).toFixed(0)} GB free`);
try {
  for (const name of wanted) await parts[name]();
} finally {
  await rm(folder, { recursive: true, force: true });
}
