import type { Database } from './database.ts';

/**
 * Runs work that deletes what nobody may read any more: SQLite overwrites it with zeros, where it would otherwise only
 * forget where it was. Not always on, since turns delete nothing of the kind and would pay for it.
 */
export function overwriting<Result>(database: Database, work: () => Result): Result {
  database.pragma('secure_delete = ON');
  try {
    return work();
  } finally {
    database.pragma('secure_delete = OFF');
  }
}
