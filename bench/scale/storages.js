// The storages that storage-scale.js can measure. Each is made by name over a folder, and removes what it has made.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLog, systemClock } from '@parley/core';

/** How to make each storage again and again on the same data, by a name for the data; `settings` is plain JSON. */
const KINDS = {
  async sqlite({ folder, name }) {
    const { sqlite } = await import('@parley/plugin-sqlite');
    const file = join(folder, `${name}.db`);
    return {
      create: () => sqlite({ file }),
      remove: () => Promise.all(['', '-wal'].map((end) => rm(`${file}${end}`, { force: true }))),
    };
  },

  /** On the server of POSTGRES_URL, each name in a schema of its own. */
  async postgres({ name }) {
    const { postgres } = await import('@parley/plugin-postgres');
    const { default: pg } = await import('pg');
    const url = process.env.POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
    const schema = `parley_scale_${name.replaceAll('-', '_')}`;
    return {
      create: () => postgres({ url, schema }),
      async remove() {
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        await client.query(`SET client_min_messages = error; DROP SCHEMA IF EXISTS ${schema} CASCADE`);
        await client.end();
      },
    };
  },
};

/** The kind that `settings.kind` names, over its data. */
export function storageFor(settings) {
  const make = KINDS[settings.kind];
  if (make === undefined) throw new Error(`STORAGE is one of ${Object.keys(KINDS).join(', ')}.`);
  return make(settings);
}

export async function openStorage(settings) {
  const storage = (await storageFor(settings)).create();
  await storage.open({ clock: systemClock, log: silentLog });
  return storage;
}
