import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { type BatchSummary, GroupCommit, type GroupCommitOptions } from './group-commit.ts';

let database: Database;
let statements: string[];

/** A summary that writes how many numbers it was told of, and how often it was asked to. */
function counting(): BatchSummary & { note(): void } {
  let noted = 0;
  return {
    note: () => noted++,
    mark: () => noted,
    rewind: (mark) => {
      noted = mark;
    },
    flush: () => database.prepare('INSERT INTO summaries VALUES (?)').run(noted),
  };
}

let summary: ReturnType<typeof counting>;

function groupCommit(options: Partial<GroupCommitOptions> = {}): GroupCommit {
  summary = counting();
  return new GroupCommit({ database, summary, monotonic: () => 0, maxBatch: 100, maxDuration: 10, ...options });
}

const insert = (value: number) => () => {
  summary.note();
  return database.prepare('INSERT INTO numbers VALUES (?)').run(value).changes;
};
const stored = () => database.prepare('SELECT value FROM numbers ORDER BY rowid').pluck().all();
const summaries = () => database.prepare('SELECT count FROM summaries ORDER BY rowid').pluck().all();
const count = (statement: string) => statements.filter((executed) => executed.startsWith(statement)).length;
const settle = (promises: readonly Promise<unknown>[]) =>
  Promise.all(promises.map((promise) => promise.then(String, (error) => String(error.code ?? error))));

beforeEach(() => {
  statements = [];
  database = new Sqlite(':memory:', { verbose: (statement) => statements.push(String(statement)) });
  database.exec('CREATE TABLE numbers (value INTEGER UNIQUE); CREATE TABLE summaries (count INTEGER)');
});

afterEach(() => {
  database.close();
});

describe('GroupCommit', () => {
  it('runs all work of one pass of the event loop in one transaction', async () => {
    const commits = groupCommit();
    const first = Promise.all([1, 2, 3].map((value) => commits.submit(insert(value))));
    await Promise.resolve();
    await Promise.all([first, commits.submit(insert(4))]);
    expect(count('COMMIT')).toBe(1);
    expect(count('SAVEPOINT')).toBe(0);
    await commits.submit(insert(5));
    expect(count('COMMIT')).toBe(2);
    expect(stored()).toEqual([1, 2, 3, 4, 5]);
    expect(summaries()).toEqual([4, 1]);
  });

  it('rejects only the work whose statement fails', async () => {
    const commits = groupCommit();
    const outcomes = await settle([1, 2, 1, 3].map((value) => commits.submit(insert(value))));
    expect(outcomes).toEqual(['1', '1', 'error.platform.storage.failed', '1']);
    expect(stored()).toEqual([1, 2, 3]);
    expect(summaries()).toEqual([3]);
  });

  it('undoes what the failing work had written before', async () => {
    const commits = groupCommit();
    const twice = () => {
      insert(7)();
      insert(1)();
    };
    const [, failure] = await Promise.allSettled([commits.submit(insert(1)), commits.submit(twice)]);
    expect(failure).toMatchObject({ status: 'rejected', reason: { cause: { code: 'SQLITE_CONSTRAINT_UNIQUE' } } });
    expect(stored()).toEqual([1]);
    expect(summaries()).toEqual([1]);
  });

  it('rejects everything when the commit fails, and goes on with the next', async () => {
    database.exec(`PRAGMA foreign_keys = ON;
      CREATE TABLE parents (id INTEGER PRIMARY KEY);
      CREATE TABLE children (parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)`);
    const commits = groupCommit();
    // A deferred constraint is found broken by the COMMIT, as a full disk would be.
    const orphan = () => database.exec('INSERT INTO children VALUES (1)');
    const outcomes = await settle([commits.submit(insert(1)), commits.submit(orphan), commits.submit(insert(2))]);
    expect(outcomes).toEqual(Array(3).fill('error.platform.storage.failed'));
    expect(database.inTransaction).toBe(false);
    expect(stored()).toEqual([]);
    await commits.submit(insert(3));
    expect(stored()).toEqual([3]);
    expect(summaries()).toEqual([1]);
  });

  it('rejects everything when SQLite gives the transaction up, and goes on with the next', async () => {
    const commits = groupCommit();
    const abort = () => database.exec('INSERT OR ROLLBACK INTO numbers VALUES (1)');
    const outcomes = await settle([commits.submit(insert(1)), commits.submit(abort), commits.submit(insert(2))]);
    expect(outcomes).toEqual(Array(3).fill('error.platform.storage.failed'));
    await commits.submit(insert(3));
    expect(stored()).toEqual([3]);
  });

  it('bounds a transaction by its size and lets the event loop go round before the next', async () => {
    const commits = groupCommit({ maxBatch: 2 });
    let rounds = 0;
    const tick = () => setImmediate(() => rounds++ < 10 && tick());
    const work = Promise.all([1, 2, 3, 4, 5].map((value) => commits.submit(insert(value))));
    tick();
    await work;
    expect(count('COMMIT')).toBe(3);
    expect(rounds).toBeGreaterThanOrEqual(2);
  });

  it('bounds a transaction by its duration', async () => {
    let now = 0;
    const commits = groupCommit({ monotonic: () => now, maxDuration: 10 });
    const slow = (value: number) => () => {
      now += 6;
      return insert(value)();
    };
    await Promise.all([1, 2, 3, 4, 5].map((value) => commits.submit(slow(value))));
    expect(count('COMMIT')).toBe(3);
    expect(stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it('commits what waits when it is closed, and takes nothing more in', async () => {
    const commits = groupCommit();
    const waiting = commits.submit(insert(1));
    commits.close();
    await waiting;
    const [outcome] = await settle([commits.submit(insert(2))]);
    expect(outcome).toBe('error.platform.storage.closed');
    expect(stored()).toEqual([1]);
  });
});
