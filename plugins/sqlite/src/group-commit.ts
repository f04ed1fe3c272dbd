import { ParleyError } from '@parley/core';
import { type Database, storageFailed } from './database.ts';

/** What is written once for a whole batch instead of once for each piece of work. */
export interface BatchSummary {
  /** A point to come back to. */
  mark(): number;
  /** Forgets what was noted after a mark: that work was undone. */
  rewind(mark: number): void;
  /** Writes what was noted, as the last thing before the commit. */
  flush(): void;
}

export interface GroupCommitOptions {
  readonly database: Database;
  readonly summary: BatchSummary;
  /** Milliseconds that only go forward. */
  readonly monotonic: () => number;
  /** How much work one transaction takes at most. */
  readonly maxBatch: number;
  /** After how many milliseconds a transaction takes no more work, so that the event loop gets its turn. */
  readonly maxDuration: number;
}

interface Entry {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

type Settled = { readonly entry: Entry } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }
);

/**
 * Runs all work that arrives during one pass of the event loop in one transaction, so that it shares one fsync. Work
 * runs in the order in which it came and sees what the work before it wrote.
 *
 * A batch first runs without savepoints. When a statement fails, all is rolled back and run again with a savepoint
 * around each piece, so that only the piece at fault is rejected; that is rare, and the common case pays nothing for it.
 * When the commit fails, everything is rejected.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  readonly #beginStatement;
  readonly #commitStatement;
  #queue: Entry[] = [];
  #scheduled = false;
  #closed = false;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#beginStatement = options.database.prepare('BEGIN IMMEDIATE');
    this.#commitStatement = options.database.prepare('COMMIT');
  }

  /** How much work waits for the next transaction. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Runs `work` in the next transaction and resolves to its result once that is on disk.
   *
   * @param work synchronous; may run twice, and what it throws counts as a failure of the storage.
   */
  submit<Result>(work: () => Result): Promise<Result> {
    if (this.#closed) return Promise.reject(new ParleyError('error.platform.storage.closed'));
    return new Promise<Result>((resolve, reject) => {
      this.#queue.push({ work, resolve, reject });
      this.#schedule();
    });
  }

  /** Takes nothing more in and commits what waits. */
  close(): void {
    this.#closed = true;
    while (this.#queue.length > 0) this.#runBatch();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After the poll phase: whatever sockets had to say in this pass of the event loop is in the queue by then.
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#queue.length > 0) this.#runBatch();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #runBatch(): void {
    const batch = this.#queue.splice(0, this.#options.maxBatch);
    const settled = this.#attempt(batch, this.#options.maxDuration) ?? this.#attemptApart(batch);
    if (settled.length < batch.length) this.#queue = [...batch.slice(settled.length), ...this.#queue];
    for (const { entry, ...outcome } of settled) {
      if (outcome.ok) entry.resolve(outcome.value as never);
      else entry.reject(outcome.error);
    }
  }

  /** Runs as much of the batch as fits the time, and commits. Answers nothing if a statement failed. */
  #attempt(batch: readonly Entry[], maxDuration: number): readonly Settled[] | undefined {
    const { monotonic } = this.#options;
    const settled: Settled[] = [];
    try {
      this.#begin();
      const end = monotonic() + maxDuration;
      for (const entry of batch) {
        settled.push({ entry, ok: true, value: entry.work() });
        if (monotonic() >= end) break;
      }
    } catch {
      this.#rollback();
      return undefined;
    }
    return this.#commit(settled);
  }

  /** Runs the batch with a savepoint around each piece of work. */
  #attemptApart(batch: readonly Entry[]): readonly Settled[] {
    const { database, summary } = this.#options;
    const settled: Settled[] = [];
    try {
      this.#begin();
      for (const entry of batch) {
        const mark = summary.mark();
        database.exec('SAVEPOINT work');
        try {
          settled.push({ entry, ok: true, value: entry.work() });
        } catch (error) {
          // Some failures (a full disk, an IO error) make SQLite give up the whole transaction on its own.
          if (!database.inTransaction) throw error;
          database.exec('ROLLBACK TO work');
          summary.rewind(mark);
          settled.push({ entry, ok: false, error: storageFailed(error) });
        }
        database.exec('RELEASE work');
      }
    } catch (error) {
      this.#rollback();
      return failed(batch, error);
    }
    return this.#commit(settled);
  }

  #begin(): void {
    this.#options.summary.rewind(0);
    this.#beginStatement.run();
  }

  #commit(settled: readonly Settled[]): readonly Settled[] {
    try {
      this.#options.summary.flush();
      this.#commitStatement.run();
      return settled;
    } catch (error) {
      this.#rollback();
      return failed(
        settled.map(({ entry }) => entry),
        error,
      );
    }
  }

  #rollback(): void {
    this.#options.summary.rewind(0);
    try {
      if (this.#options.database.inTransaction) this.#options.database.exec('ROLLBACK');
    } catch {
      // The error that made us roll back is the one to report; SQLite drops an unfinished transaction by itself.
    }
  }
}

function failed(batch: readonly Entry[], cause: unknown): readonly Settled[] {
  const error = storageFailed(cause);
  return batch.map((entry) => ({ entry, ok: false, error }));
}
