import type { Database } from './database.ts';

/**
 * Has SQLite overwrite what is deleted or written anew with zeros, where it would otherwise only forget where it was. Only
 * in pages that are written anyway, since a turn should cost no more for it.
 */
export function overwriteWhatIsFree(database: Database): void {
  database.pragma('secure_delete = FAST');
}

/** Runs work that deletes what nobody may read any more: overwrites pages that become free with it, too. */
export function overwriting<Result>(database: Database, work: () => Result): Result {
  database.pragma('secure_delete = ON');
  try {
    return work();
  } finally {
    overwriteWhatIsFree(database);
  }
}
