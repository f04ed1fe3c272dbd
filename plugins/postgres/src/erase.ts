import type { Erased } from '@parley/core';
import { personOf } from '@parley/core';
import type { Database } from './database.ts';

/** One statement, so that nobody sees half a person. */
const ERASE = `
  WITH gone AS (
    DELETE FROM $schema.conversations WHERE person = $1 RETURNING key
  ), waiting AS (
    DELETE FROM $schema.due WHERE key IN (SELECT key FROM gone)
  ), once AS (
    DELETE FROM $schema.taken_in WHERE conversation IN (SELECT key FROM gone)
  ), happened AS (
    DELETE FROM $schema.activity WHERE conversation IN (SELECT key FROM gone)
  ), said AS (
    DELETE FROM $schema.messages WHERE conversation IN (SELECT key FROM gone) RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone)::integer AS conversations, (SELECT count(*) FROM said)::integer AS messages`;

export async function erase(database: Database, person: string): Promise<Erased> {
  const [erased] = await database.query<Erased>(ERASE, [personOf(person)]);
  return erased ?? { conversations: 0, messages: 0 };
}
