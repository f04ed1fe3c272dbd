import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { MIGRATIONS, PERSON } from './schema.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'));
  file = join(folder, 'parley.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('openDatabase', () => {
  it('makes the folder, and a file that only its owner may read', () => {
    const deep = join(folder, 'a', 'b', 'parley.db');
    openDatabase(deep).close();
    expect(statSync(deep).mode & 0o077).toBe(0);
  });

  it('writes durably', () => {
    const database = openDatabase(file);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    database.close();
  });

  it('refuses a file that is open already, and takes it once it is not', () => {
    const first = openDatabase(file);
    expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'error.platform.storage.in-use' }));
    // The refused one must not have let go of the first one's lock.
    expect(() => openDatabase(file)).toThrow(expect.objectContaining({ code: 'error.platform.storage.in-use' }));
    first.close();
    openDatabase(file).close();
  });

  it('brings an older schema up to date and keeps what is in it', () => {
    const older = openDatabase(file);
    older.exec(`INSERT INTO claims VALUES ('key', 'me', 1)`);
    older.close();
    const step = 'ALTER TABLE claims ADD COLUMN note TEXT; UPDATE claims SET note = upper(owner)';
    const newer = openDatabase(file, [...MIGRATIONS, step]);
    expect(newer.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length + 1);
    expect(newer.prepare('SELECT note FROM claims').pluck().all()).toEqual(['ME']);
    newer.close();
  });

  it('finds in data of the first schema what is parked, a person under every channel and the activity of an app', () => {
    const older = openDatabase(file, MIGRATIONS.slice(0, 1));
    const insert = older.prepare('INSERT INTO conversations (id, key, app, theirs, document) VALUES (?, ?, ?, ?, ?)');
    insert.run(1, 'k1', 'clinic', '+1', JSON.stringify({ parked: [] }));
    insert.run(2, 'k2', 'clinic', 'whatsapp:+1', JSON.stringify({ halted: {} }));
    insert.run(3, 'k3', 'clinic', '+11', JSON.stringify({ journey: { halted: {} } }));
    insert.run(4, 'k4', 'clinic', '+2', JSON.stringify({ journey: {} }));
    older.prepare('INSERT INTO activity (conversation, at, record) VALUES (1, 5, ?)').run('{"app":"clinic"}');
    older.close();
    const database = openDatabase(file);
    const column = (sql: string) => database.prepare(sql).pluck().all();
    expect(column('SELECT key FROM conversations WHERE parked IS NOT NULL')).toEqual(['k1', 'k2', 'k3']);
    expect(column(`SELECT key FROM conversations WHERE ${PERSON} = '+1'`)).toEqual(['k1', 'k2']);
    expect(column(`SELECT at FROM activity WHERE app = 'clinic'`)).toEqual([5]);
    database.close();
  });

  it('finds in data of the second schema what people have, and activity by its kind', () => {
    const older = openDatabase(file, MIGRATIONS.slice(0, 2));
    const insert = older.prepare('INSERT INTO conversations (id, key, app, theirs, document) VALUES (?, ?, ?, ?, ?)');
    insert.run(1, 'k1', 'clinic', '+1', JSON.stringify({ handoff: { to: 'desk', at: 1 } }));
    insert.run(2, 'k2', 'clinic', '+2', JSON.stringify({ journey: { machine: { handoff: { to: 'x' } } } }));
    const happened = older.prepare(`INSERT INTO activity (conversation, app, at, record) VALUES (1, 'clinic', ?, ?)`);
    happened.run(5, '{"kind":"handoff","data":"cut \\ud83d off"}');
    happened.run(6, '{"kind":"track"}');
    older.close();
    const database = openDatabase(file);
    const column = (sql: string) => database.prepare(sql).pluck().all();
    expect(column('SELECT key FROM conversations WHERE handed_over IS NOT NULL')).toEqual(['k1']);
    expect(column(`SELECT at FROM activity WHERE app = 'clinic' AND kind = 'handoff'`)).toEqual([5]);
    database.close();
  });

  it('leaves an older schema as it was when a step fails', () => {
    openDatabase(file).close();
    const steps = ['CREATE TABLE half_done (a)', 'CREATE TABLE no good'];
    expect(() => openDatabase(file, [...MIGRATIONS, ...steps])).toThrow(
      expect.objectContaining({ code: 'error.platform.storage.failed' }),
    );
    const database = openDatabase(file);
    expect(database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'half_done'`).all()).toEqual([]);
    database.close();
  });

  it('refuses a newer schema', () => {
    openDatabase(file, [...MIGRATIONS, 'CREATE TABLE of_tomorrow (a)']).close();
    expect(() => openDatabase(file)).toThrow(
      expect.objectContaining({
        code: 'error.platform.storage.newer',
        details: expect.objectContaining({ found: MIGRATIONS.length + 1, known: MIGRATIONS.length }),
      }),
    );
  });

  it('refuses what is not its own and leaves it as it was', () => {
    const notOurs = expect.objectContaining({ code: 'error.platform.storage.not-ours' });
    const other = new Sqlite(file);
    other.exec('CREATE TABLE of_somebody_else (a)');
    other.close();
    expect(() => openDatabase(file)).toThrow(notOurs);
    const text = join(folder, 'notes.txt');
    writeFileSync(text, 'Not a database at all. '.repeat(100));
    expect(() => openDatabase(text)).toThrow(notOurs);
    const after = new Sqlite(file);
    expect(after.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['of_somebody_else']);
    expect(after.pragma('journal_mode', { simple: true })).toBe('delete');
    after.close();
  });

  it('says what is wrong with a path that can not be opened', () => {
    const error = expect.objectContaining({ code: 'error.platform.storage.failed', cause: expect.any(Error) });
    expect(() => openDatabase(folder)).toThrow(error);
    writeFileSync(file, '');
    expect(() => openDatabase(join(file, 'below-a-file.db'))).toThrow(error);
  });
});
