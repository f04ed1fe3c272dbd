import { ParleyError } from '@parley/core';
import type { Database, Query } from './database.ts';
import { MIGRATIONS } from './schema.ts';

/**
 * Brings the schema to the newest step, all steps or none. Processes that start at the same time do so one after the other: a lock of
 * the transaction's own, which a pooler lets through.
 *
 * @throws `error.platform.storage.newer`, `error.platform.storage.not-ours`
 */
export async function migrate(
  database: Database,
  schema: string,
  migrations: readonly string[] = MIGRATIONS,
): Promise<void> {
  if ((await versionOf(database.queryOnce, schema, migrations)) === migrations.length) return;
  await database.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', ['parley', schema]);
    const found = await versionOf(query, schema, migrations);
    if (found === migrations.length) return;
    // Asking first, as a role may use a schema that it could not make.
    const made = await query('SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1', [schema]);
    if (made.length === 0) await query('CREATE SCHEMA $schema');
    if (found === 0) await query('CREATE TABLE $schema.parley_schema (version integer NOT NULL)');
    if (found === 0) await query('INSERT INTO $schema.parley_schema VALUES (0)');
    for (const step of migrations.slice(found)) await query(step);
    await query('UPDATE $schema.parley_schema SET version = $1', [migrations.length]);
  });
}

/** How many steps it has been through. */
async function versionOf(query: Query, schema: string, migrations: readonly string[]): Promise<number> {
  const relations = await query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [schema],
  );
  if (relations.length === 0) return 0;
  if (!relations.some(({ name }) => name === 'parley_schema')) {
    throw new ParleyError('error.platform.storage.not-ours', { file: `schema ${schema}` });
  }
  const [row] = await query<{ version: number }>('SELECT version FROM $schema.parley_schema');
  const found = row?.version ?? 0;
  if (found > migrations.length) {
    throw new ParleyError('error.platform.storage.newer', {
      where: `the schema ${schema}`,
      found,
      known: migrations.length,
    });
  }
  return found;
}
