import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { packBuiltSqlite, packWorkspaces, publicWorkspaces } from './packages.ts';
import { LocalRegistry, type Served } from './registry.ts';
import { Terminal } from './terminal.ts';

const upstream = npmConfig('registry');

/** Why packages of others are not to be had; `undefined` when they are. */
export async function whyNoRegistry(): Promise<string | undefined> {
  try {
    await promisify(execFile)('npm', ['view', 'xstate', 'version'], { cwd: tmpdir(), timeout: 30_000 });
    return undefined;
  } catch {
    return `${upstream} can not be asked`;
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
    const kept = join(npmConfig('cache'), '_cacache');
    mkdirSync(kept, { recursive: true });
    symlinkSync(kept, join(folder, 'cache/_cacache'));
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
      ...wayOut(),
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

/** How this computer gets to others, if not straight. */
function wayOut(): Readonly<Record<string, string>> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy', 'NODE_EXTRA_CA_CERTS'];
  const set = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(set), NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
}

function npmConfig(name: string): string {
  return execFileSync('npm', ['config', 'get', name], { cwd: tmpdir(), encoding: 'utf8' }).trim();
}
