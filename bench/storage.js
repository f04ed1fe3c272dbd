// How fast the SQLite storage takes turns in: many to one fsync, one to one fsync, and against better-sqlite3 itself.
// Run `npm run build`, then: node bench/storage.js [turns]
// Figures of one machine mean nothing to another: read the ratios.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { sqlite } from '@parley/plugin-sqlite';
import Database from 'better-sqlite3';
import { documentOf } from './support/turns.js';

const TURNS = Number(process.argv[2] ?? 100_000);
const CONVERSATIONS = 5_000;
const AT_ONCE = 512;
const ours = '+14155550100';
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));

let messageId = 0;

function messageOf(key, theirs) {
  const id = `018f-${String(++messageId).padStart(12, '0')}`;
  const origin = { kind: 'actor' };
  const rest = { text: 'The second one please', media: [], origin, category: 'conversational', history: [] };
  const where = { id, conversation: key, app: 'clinic', direction: 'inbound', ours, theirs };
  return { ...where, ...rest, at: Date.now(), status: 'received', providerId: `SM${id}` };
}

function turn(storage, index, once) {
  const theirs = `+1415556${String(index % CONVERSATIONS).padStart(4, '0')}`;
  const key = `${ours}/${theirs}`;
  const decide = (document) => ({
    result: undefined,
    commit: {
      document: documentOf(key, theirs, (document?.turns ?? 0) + 1),
      messages: [messageOf(key, theirs)],
      statuses: [],
      activity: [],
    },
  });
  return storage.conversations.turn(key, decide, once ? { once: `SM${index}` } : undefined);
}

async function measure(name, count, work) {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work(count);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const result = { name, perSecond: Math.round(count / seconds), cpuMicros: (user + system) / count };
  console.log(
    `${name.padEnd(52)} ${String(result.perSecond).padStart(8)}/s  ${result.cpuMicros.toFixed(1)} µs CPU each`,
  );
  return result;
}

/** Keeps `AT_ONCE` turns under way. */
async function grouped(storage, count, once) {
  for (let begun = 0; begun < count; begun += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - begun);
    await Promise.all(Array.from({ length: size }, (_, index) => turn(storage, begun + index, once)));
  }
}

async function oneByOne(storage, count) {
  for (let index = 0; index < count; index++) await turn(storage, index, false);
}

async function withSqlite(name, work) {
  const storage = sqlite({ file: join(folder, `${name}.db`) });
  await storage.open({ clock: systemClock, log: silentLog });
  await grouped(storage, CONVERSATIONS, false);
  const result = await work(storage);
  await storage.close();
  return result;
}

/** The same two rows a turn by better-sqlite3 alone, in transactions of `batch`: no reading, no indexes but the keys. */
function raw(name, count, batch) {
  const database = new Database(join(folder, `${name}.db`));
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('wal_autocheckpoint = 4000');
  database.exec(
    'CREATE TABLE documents (key TEXT PRIMARY KEY, document TEXT); CREATE TABLE messages (id TEXT PRIMARY KEY, record TEXT)',
  );
  const document = database.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?)');
  const message = database.prepare('INSERT INTO messages VALUES (?, ?)');
  const write = database.transaction((from, to) => {
    for (let index = from; index < to; index++) {
      const theirs = `+1415556${String(index % CONVERSATIONS).padStart(4, '0')}`;
      const key = `${ours}/${theirs}`;
      const record = messageOf(key, theirs);
      document.run(key, JSON.stringify(documentOf(key, theirs, index)));
      message.run(record.id, JSON.stringify(record));
    }
  });
  for (let from = 0; from < count; from += batch) write(from, Math.min(from + batch, count));
  database.close();
}

const few = Math.min(2_000, TURNS);
console.log(
  `${TURNS} turns over ${CONVERSATIONS} conversations, ${AT_ONCE} at once; ${few} where each waits for its own fsync\n`,
);
try {
  const group = await withSqlite('grouped', (storage) =>
    measure('turns, grouped', TURNS, (count) => grouped(storage, count, false)),
  );
  const once = await withSqlite('once', (storage) =>
    measure('turns with an id taken in once, grouped', TURNS, (count) => grouped(storage, count, true)),
  );
  const single = await withSqlite('single', (storage) =>
    measure('turns, one by one', few, (count) => oneByOne(storage, count)),
  );
  const rawGroup = await measure('better-sqlite3 alone, 256 to a transaction', TURNS, (count) =>
    raw('raw', count, 256),
  );
  const rawSingle = await measure('better-sqlite3 alone, one to a transaction', few, (count) =>
    raw('raw-single', count, 1),
  );
  const memory = keyvStorage();
  await memory.open({ clock: systemClock, log: silentLog });
  await measure('turns in memory (Keyv on a Map)', TURNS, (count) => grouped(memory, count, false));

  const ratio = (one, other) => (one.perSecond / other.perSecond).toFixed(2);
  console.log(`\ngrouped / one by one:               ${ratio(group, single)}`);
  console.log(`grouped / better-sqlite3 grouped:   ${ratio(group, rawGroup)}`);
  console.log(`one by one / better-sqlite3 single: ${ratio(single, rawSingle)}`);
  console.log(`with once / without:                ${ratio(once, group)}`);
} finally {
  rmSync(folder, { recursive: true });
}
