import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ParleyError } from '@parley/core';
import Sqlite from 'better-sqlite3';
import { overwriteWhatIsFree } from './remains.ts';
import { MIGRATIONS } from './schema.ts';

export type Database = Sqlite.Database;

/** Says in a file's header that it is ours: the letters `Parl`. */
const APPLICATION_ID = 0x5061726c;

/** How large the write-ahead log may stay on disk after a burst, in bytes. */
const WAL_LIMIT = 64 * 1024 * 1024;

/**
 * How many pages of the write-ahead log are copied back into the file at a time. More than SQLite's 1,000, because
 * each copying costs two fsyncs and a page that is written often is copied only once.
 */
const CHECKPOINT_PAGES = 4_000;

/** Pages kept in memory, in KiB. */
const CACHE_KIB = 64 * 1024;

/** How thoroughly a file is looked at before it is used: `PRAGMA quick_check`, `PRAGMA integrity_check`, or not at all. */
export type Check = 'quick' | 'full' | 'off';

/** Opens a file for this process alone and brings its schema up to date. `:memory:` is for tests. */
export function openDatabase(file: string, migrations: readonly string[] = MIGRATIONS, check: Check = 'off'): Database {
  const path = file === ':memory:' ? file : resolve(file);
  if (path !== ':memory:') createFile(path);
  let database: Database | undefined;
  try {
    database = new Sqlite(path, { timeout: 0 });
    // Before anything else: from its first access on, this connection keeps every lock that it takes.
    database.pragma('locking_mode = EXCLUSIVE');
    refuseForeign(database, path);
    takeOwnership(database);
    refuseDamaged(database, path, check);
    migrate(database, path, migrations);
    return database;
  } catch (error) {
    database?.close();
    throw openError(error, path);
  }
}

/** Brings the schema to the newest step, all steps or none. */
export function migrate(database: Database, file: string, migrations: readonly string[]): void {
  const found = Number(database.pragma('user_version', { simple: true }));
  if (found > migrations.length) {
    throw new ParleyError('error.platform.storage.newer', { where: file, found, known: migrations.length });
  }
  if (found === migrations.length) return;
  database
    .transaction(() => {
      for (const step of migrations.slice(found)) database.exec(step);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}

/**
 * Texts and phone numbers are in there: only the user that runs the server may read a file that we make. Never opens
 * a file that exists, since closing it again would drop the locks that SQLite has on it in this process (fcntl(2)).
 */
function createFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw openError(error, path);
  }
}

/**
 * With EXCLUSIVE set before WAL, the first access takes a lock that the operating system holds for this process and
 * drops when it ends, however it ends. It also keeps the WAL's index in our own memory instead of a shared file.
 */
function takeOwnership(database: Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.pragma(`journal_size_limit = ${WAL_LIMIT}`);
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma('temp_store = MEMORY');
  database.pragma('foreign_keys = OFF');
  overwriteWhatIsFree(database);
  database.exec('BEGIN IMMEDIATE; COMMIT');
}

function refuseForeign(database: Database, file: string): void {
  if (database.pragma('application_id', { simple: true }) === APPLICATION_ID) return;
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (tables !== 0) throw new ParleyError('error.platform.storage.not-ours', { file });
}

function refuseDamaged(database: Database, file: string, check: Check): void {
  if (check === 'off') return;
  const pragma = check === 'quick' ? 'quick_check(1)' : 'integrity_check(1)';
  const problem = String(database.pragma(pragma, { simple: true }));
  if (problem !== 'ok') throw damaged(file, new Error(problem));
}

function damaged(file: string, cause: unknown): ParleyError {
  return new ParleyError('error.platform.storage.corrupt', { file }, { cause });
}

function openError(error: unknown, file: string): unknown {
  if (error instanceof ParleyError) return error;
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ParleyError('error.platform.storage.in-use', { file }, { cause: error });
  }
  if (code.startsWith('SQLITE_CORRUPT')) return damaged(file, error);
  if (code === 'SQLITE_NOTADB') return new ParleyError('error.platform.storage.not-ours', { file }, { cause: error });
  return storageFailed(error);
}

function sqliteCode(error: unknown): string {
  return error instanceof Sqlite.SqliteError ? error.code : '';
}

/** What any error of SQLite is to a caller. */
export function storageFailed(cause: unknown): ParleyError {
  return cause instanceof ParleyError ? cause : new ParleyError('error.platform.storage.failed', {}, { cause });
}
