import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll } from 'vitest';
import type { Need } from '../../support/needs.ts';
import { answers, Cluster, findBinaries } from './cluster.ts';

/** Where a PostgreSQL may be that tests can make schemas in. */
const USUAL = ['postgres://postgres@127.0.0.1:5432/test', 'postgres://postgres@127.0.0.1:5432/postgres'];

/** A server for tests that use schemas of their own and leave the server itself alone. */
export interface TestServer {
  readonly need: Need;
  /** Only where it is not missing. */
  readonly url: string;
}

/** The one that `PARLEY_TEST_POSTGRES_URL` names, the one that runs here, or one that is started for this file. */
export async function findServer(): Promise<TestServer> {
  const named = process.env.PARLEY_TEST_POSTGRES_URL;
  for (const url of named === undefined ? USUAL : [named]) {
    if (await answers(url)) return { need: { what: 'PostgreSQL', missing: undefined }, url };
  }
  if (named !== undefined) return missing('the server that PARLEY_TEST_POSTGRES_URL names does not answer');
  const { folder, reason } = findBinaries();
  if (folder === undefined) return missing(`no server answers at 127.0.0.1:5432, and ${reason}`);
  const cluster = await Cluster.start(folder);
  afterAll(() => cluster.dispose());
  return { need: { what: 'PostgreSQL', missing: undefined }, url: cluster.url };
}

function missing(reason: string): TestServer {
  return { need: { what: 'PostgreSQL', missing: reason, hint: 'apt-get install postgresql' }, url: '' };
}

/** A name that no other test uses. */
export function newSchema(): string {
  return `parley_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
}

export async function dropSchema(url: string, schema: string): Promise<void> {
  await query(url, `DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
}

/** Runs one statement on a connection of its own. */
export async function query<Row>(url: string, text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}
