import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Need } from '../../support/needs.ts';
import { answers, freePort, isExecutable, unprivileged } from './cluster.ts';

const PROGRAM = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'pgbouncer'))
  .find(isExecutable);

export const pgbouncerNeed: Need = {
  what: 'PgBouncer',
  missing: PROGRAM === undefined ? 'pgbouncer was not found' : undefined,
  hint: 'apt-get install pgbouncer',
};

export interface Pooler {
  readonly url: string;
  close(): Promise<void>;
}

/** A PgBouncer in transaction mode with three connections to the server: two statements seldom get the same one. */
export async function startPooler(server: string): Promise<Pooler> {
  const { hostname, port, pathname, username } = new URL(server);
  const folder = mkdtempSync(join(tmpdir(), 'parley-pgbouncer-'));
  const user = unprivileged();
  const listenPort = await freePort();
  const config = join(folder, 'pgbouncer.ini');
  writeFileSync(
    config,
    `[databases]
* = host=${hostname} port=${port || 5432} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
`,
  );
  if (user.uid !== undefined && user.gid !== undefined) {
    for (const path of [folder, config]) chownSync(path, user.uid, user.gid);
  }
  const pooler = spawn(PROGRAM ?? 'pgbouncer', [config], { ...user, cwd: folder, stdio: 'ignore' });
  const url = `postgres://${username}@127.0.0.1:${listenPort}${pathname}`;
  for (let tries = 0; tries < 100 && !(await answers(url)); tries++) await sleep(50);
  return {
    url,
    async close() {
      const ended = once(pooler, 'exit');
      pooler.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
