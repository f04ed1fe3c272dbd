import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packBuiltSqlite, packWorkspaces, publicWorkspaces } from './packages.ts';
import { LocalRegistry, type Served } from './registry.ts';
import { Terminal } from './terminal.ts';

const upstream = npmConfig('registry');

/** Why packages of others are not to be had; `undefined` when they are. */
export async function whyNoRegistry(): Promise<string | undefined> {
  try {
    const { ok, status } = await fetch(new URL('xstate/latest', upstream), { signal: AbortSignal.timeout(10_000) });
    return ok ? undefined : `the registry answers ${status}`;
  } catch {
    return 'the registry does not answer';
  }
}

/** A computer that gets the packages of this repository as tarballs, in a folder of its own. */
export class World {
  readonly #folder: string;
  readonly #registry: LocalRegistry;
  readonly #terminals: Terminal[] = [];

  private constructor(folder: string, registry: LocalRegistry) {
    this.#folder = folder;
    this.#registry = registry;
  }

  static async create(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-packed-'));
    const tarballs = join(folder, 'tarballs');
    for (const name of ['tarballs', 'cache', 'home']) mkdirSync(join(folder, name));
    // What others have published may come from npm's cache. What npx has kept of us must not.
    symlinkSync(join(npmConfig('cache'), '_cacache'), join(folder, 'cache/_cacache'));
    const packages = [...(await packAll(tarballs)), await packBuiltSqlite(tarballs)];
    const registry = new LocalRegistry(packages, { tarballs, upstream });
    await registry.listen();
    return new World(folder, registry);
  }

  /** A terminal in an empty folder. */
  terminal(folder: string): Terminal {
    const path = join(this.#folder, folder);
    mkdirSync(path);
    const terminal = new Terminal(path, this.#environment());
    this.#terminals.push(terminal);
    return terminal;
  }

  async close(): Promise<void> {
    await Promise.all(this.#terminals.map((terminal) => terminal.close()));
    await this.#registry.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  #environment(): Readonly<Record<string, string>> {
    // Commands of this repository must not stand in for ones that were not installed.
    const path = (process.env.PATH ?? '').split(delimiter).filter((one) => !one.includes('node_modules'));
    return {
      PATH: path.join(delimiter),
      HOME: join(this.#folder, 'home'),
      npm_config_registry: this.#registry.url,
      npm_config_cache: join(this.#folder, 'cache'),
      npm_config_prefer_offline: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
      NO_COLOR: '1',
      PORT: '0',
    };
  }
}

async function packAll(tarballs: string): Promise<readonly Served[]> {
  const packed = new Map((await packWorkspaces(tarballs)).map((one) => [one.name, one]));
  return publicWorkspaces().flatMap(({ manifest }) => {
    const one = packed.get(manifest.name);
    return one === undefined ? [] : [{ manifest, packed: one }];
  });
}

function npmConfig(name: string): string {
  return execFileSync('npm', ['config', 'get', name], { cwd: tmpdir(), encoding: 'utf8' }).trim();
}
