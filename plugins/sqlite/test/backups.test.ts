import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Log, silentLog } from '@parley/core';
import { type SqliteOptions, type SqliteStorage, sqlite } from '@parley/plugin-sqlite';
import { VirtualClock } from '@parley/testing';
import { buildDocument, buildKey, buildMessage, commits } from '@parley/testing/records';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const HOUR = 60 * 60 * 1_000;

let root: string;
let folder: string;
let file: string;
let clock: VirtualClock;
let opened: SqliteStorage[];
let errors: unknown[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  folder = join(root, 'backups');
  file = join(root, 'parley.db');
  clock = new VirtualClock();
  opened = [];
  errors = [];
});

afterEach(async () => {
  for (const storage of opened) await storage.close();
  rmSync(root, { recursive: true });
});

async function open(options: Partial<SqliteOptions> = {}): Promise<SqliteStorage> {
  const storage = sqlite({ file, ...options });
  const log: Log = { ...silentLog, error: (fields) => errors.push(fields) };
  await storage.open({ clock, log });
  opened.push(storage);
  return storage;
}

const backup = (fields: Partial<SqliteOptions['backup'] & {}> = {}) => ({
  backup: { folder, every: HOUR, keep: 3, ...fields },
});

function turn(storage: SqliteStorage, turns: number, size = 10) {
  const key = buildKey();
  const message = buildMessage({ id: `m${turns}`, at: turns, text: 'x'.repeat(size) });
  return storage.conversations.turn(key, () => commits(buildDocument({ key, turns }), { messages: [message] }));
}

/** The copies, once there are so many. */
async function copies(count: number): Promise<readonly string[]> {
  await vi.waitFor(() => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.db'))).toHaveLength(count);
    expect(readdirSync(folder)).toHaveLength(count);
  });
  return readdirSync(folder).sort();
}

async function turnsIn(copy: string): Promise<number | undefined> {
  const storage = sqlite({ file: copy, check: 'full' });
  await storage.open({ clock, log: silentLog });
  const document = await storage.conversations.get(buildKey());
  await storage.close();
  return document?.turns;
}

describe('copies that the server makes', () => {
  it('makes one at the start and one every so often, named by the clock, and keeps the newest', async () => {
    const storage = await open(backup());
    await turn(storage, 1);
    await clock.advance(0);
    expect(await copies(1)).toEqual(['parley-20260105T170000000Z.db']);
    await turn(storage, 2);
    await clock.advance(HOUR);
    await copies(2);
    for (const turns of [3, 4]) {
      await turn(storage, turns);
      await clock.advance(HOUR);
      await copies(3);
    }
    await vi.waitFor(() => expect(readdirSync(folder)).toContain('parley-20260105T200000000Z.db'));
    const left = await copies(3);
    expect(left[0]).toBe('parley-20260105T180000000Z.db');
    const found = await Promise.all(left.map((name) => turnsIn(join(folder, name))));
    expect(found).toEqual([2, 3, 4]);
  });

  it('goes by the newest copy that is there, so that restarts neither add any nor put them off', async () => {
    await (await open(backup())).close();
    for (let restart = 0; restart < 5; restart++) {
      const storage = await open(backup());
      await clock.advance(0);
      await copies(1);
      await clock.advance(HOUR / 10);
      await storage.close();
    }
    expect(await copies(1)).toEqual(['parley-20260105T170000000Z.db']);
    await open(backup());
    await clock.advance(HOUR / 2);
    await copies(2);
  });

  it('can be read by nobody else', async () => {
    await open(backup());
    await clock.advance(0);
    const [name = ''] = await copies(1);
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('clears away what a crash left unfinished, and nothing that is somebody else’s', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'parley-20260101T000000000Z.db.partial'), 'half');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'parley-old.db'), 'mine too');
    await open(backup({ keep: 1 }));
    for (let hour = 0; hour < 3; hour++) {
      await clock.advance(hour === 0 ? 0 : HOUR);
      await vi.waitFor(() =>
        expect(readdirSync(folder).sort()).toEqual([
          'notes.txt',
          expect.stringMatching(new RegExp(`T${17 + hour}0000000Z.db$`)),
          'parley-old.db',
        ]),
      );
    }
  });

  it('logs a copy that failed with its code, goes on serving, and tries again next time', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const storage = await open(backup());
    await clock.advance(0);
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    expect(errors[0]).toMatchObject({ code: 'error.platform.storage.failed', cause: 'EEXIST' });
    await turn(storage, 1);
    rmSync(folder);
    await clock.advance(HOUR);
    await copies(1);
  });

  it('gives a copy up when the storage is closed, and leaves nothing half', async () => {
    const storage = await open(backup());
    for (let turns = 0; turns < 200; turns++) await turn(storage, turns, 50_000);
    const advanced = clock.advance(0);
    await vi.waitFor(() => expect(existsSync(folder) && readdirSync(folder).length).toBe(1));
    await storage.close();
    await advanced;
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('says what is wrong with its options', () => {
    expect(() => sqlite({ file, backup: { folder, every: 0, keep: 1 } })).toThrow(/backup.every/);
    // @ts-expect-error keep is missing
    expect(() => sqlite({ file, backup: { folder, every: 1 } })).toThrow(/backup.keep: say how many/);
  });
});

describe('a copy that is asked for', () => {
  it('is whole however many turns are taken while it is made', async () => {
    const storage = await open();
    for (let turns = 1; turns <= 100; turns++) await turn(storage, turns, 50_000);
    let going = true;
    let turns = 100;
    const load = (async () => {
      while (going) await turn(storage, ++turns, 1_000);
    })();
    await storage.backup(join(folder, 'copy.db'));
    const during = turns;
    going = false;
    await load;
    expect(during).toBeGreaterThan(100);
    const found = (await turnsIn(join(folder, 'copy.db'))) ?? 0;
    expect(found).toBeGreaterThanOrEqual(100);
    const database = new Database(join(folder, 'copy.db'));
    expect(database.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(found);
    database.close();
  });

  it('takes the place of an older one only when it is whole', async () => {
    const storage = await open();
    await turn(storage, 1);
    const copy = join(root, 'copy.db');
    await storage.backup(copy);
    const before = readFileSync(copy);
    for (let turns = 2; turns < 100; turns++) await turn(storage, turns, 50_000);
    const failed = storage.backup(copy).catch((error: unknown) => error);
    await storage.close();
    expect(await failed).toMatchObject({ code: 'error.platform.storage.closed' });
    expect(readFileSync(copy).equals(before)).toBe(true);
    expect(existsSync(`${copy}.partial`)).toBe(false);
  });

  it('tells why it could not be made', async () => {
    const storage = await open();
    writeFileSync(join(root, 'file'), '');
    await expect(storage.backup(join(root, 'file', 'copy.db'))).rejects.toMatchObject({
      code: 'error.platform.storage.failed',
      cause: expect.any(Error),
    });
  });
});
