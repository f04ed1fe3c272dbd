import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Where distributions put what they do not put into PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder with `initdb` and `postgres`, or why there is none. */
export type FoundBinaries =
  | { readonly folder: string; readonly reason?: undefined }
  | { readonly folder?: undefined; readonly reason: string };

export function findBinaries(): FoundBinaries {
  const folders = [...debianFolders(), ...(process.env.PATH ?? '').split(delimiter)];
  const folder = folders.find((one) => isExecutable(join(one, 'initdb')) && isExecutable(join(one, 'postgres')));
  return folder === undefined ? { reason: 'initdb and postgres were not found' } : { folder };
}

function debianFolders(): readonly string[] {
  try {
    return readdirSync(DEBIAN)
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(DEBIAN, version, 'bin'));
  } catch {
    return [];
  }
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root; whoever is root runs it as somebody else. */
export function unprivileged(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('There is nobody to run PostgreSQL as.');
}

/** A PostgreSQL of a test's own, which it may stop, restart and pause. */
export class Cluster {
  readonly port: number;
  readonly #binaries: string;
  readonly #folder: string;
  readonly #settings: readonly string[];
  #server: ChildProcess | undefined;

  private constructor(binaries: string, folder: string, port: number, settings: readonly string[]) {
    this.#binaries = binaries;
    this.#folder = folder;
    this.port = port;
    this.#settings = settings;
  }

  static async start(binaries: string, settings: readonly string[] = []): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
    const user = unprivileged();
    if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
    const initdb = [
      '-D',
      join(folder, 'data'),
      '-U',
      'postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--no-locale',
      '-N',
    ];
    execFileSync(join(binaries, 'initdb'), initdb, { ...user, cwd: folder, stdio: 'ignore' });
    const cluster = new Cluster(binaries, folder, await freePort(), settings);
    await cluster.start();
    return cluster;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${this.#folder}`,
      'shared_buffers=64MB',
      ...this.#settings,
    ].flatMap((setting) => ['-c', setting]);
    this.#server = spawn(
      join(this.#binaries, 'postgres'),
      ['-D', join(this.#folder, 'data'), '-p', String(this.port), ...settings],
      { ...unprivileged(), cwd: this.#folder, stdio: 'ignore' },
    );
    for (let tries = 0; tries < 300; tries++) {
      if (await answers(this.url)) return;
      await sleep(50);
    }
    throw new Error('PostgreSQL does not answer.');
  }

  /** `SIGINT` throws everybody out; `SIGQUIT` is as good as a crash. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const server = this.#server;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }

  /** Stands still, all of it: connections stay open and nobody answers. */
  pause(): void {
    for (const pid of this.#processes()) signal(pid, 'SIGSTOP');
  }

  resume(): void {
    for (const pid of this.#processes()) signal(pid, 'SIGCONT');
  }

  async dispose(): Promise<void> {
    this.resume();
    await this.stop('SIGQUIT');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The server, which makes new ones, before those that it has made. */
  #processes(): readonly number[] {
    const pid = this.#server?.pid;
    if (pid === undefined || this.#server?.exitCode !== null) return [];
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
    return [pid, ...children.map(Number)];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

function parentOf(pid: string): number | undefined {
  try {
    // The name of the program, in brackets, may have spaces in it.
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) /);
    return Number(rest.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** Whether a server takes connections. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    client.end().catch(() => {});
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { readonly port: number };
  probe.close();
  return port;
}
