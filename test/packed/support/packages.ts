import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The folder of the repository. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** What of a `package.json` matters to those who install it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A workspace that is published. */
export interface Workspace {
  /** From the repository: `packages/core`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What `npm pack` says of a package. */
export interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly integrity: string;
  readonly shasum: string;
  readonly files: readonly { readonly path: string }[];
}

/** All workspaces that are published. */
export function publicWorkspaces(): readonly Workspace[] {
  return ['packages', 'plugins']
    .flatMap((parent) => readdirSync(join(repository, parent)).map((name) => join(parent, name)))
    .filter((folder) => existsSync(join(repository, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(join(repository, folder)) }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** Runs `npm pack` over the published workspaces; without a folder for the tarballs it only says what would be in them. */
export function packWorkspaces(to?: string): Promise<readonly Packed[]> {
  const workspaces = publicWorkspaces().flatMap(({ folder }) => ['--workspace', folder]);
  return npmPack(repository, [...(to === undefined ? ['--dry-run'] : ['--pack-destination', to]), ...workspaces]);
}

/**
 * Packs the better-sqlite3 of this repository with its binary, so that installing it compiles nothing.
 *
 * @param to where the tarball goes.
 */
export async function packBuiltSqlite(to: string): Promise<{ readonly packed: Packed; readonly manifest: Manifest }> {
  const from = join(repository, 'node_modules/better-sqlite3');
  const folder = join(to, 'better-sqlite3');
  const { name, version, main } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  const { dependencies } = readManifest(from);
  const manifest = { name, version, main, dependencies: { bindings: dependencies?.bindings ?? '*' } };
  mkdirSync(join(folder, 'build/Release'), { recursive: true });
  cpSync(join(from, 'lib'), join(folder, 'lib'), { recursive: true });
  cpSync(join(from, 'build/Release/better_sqlite3.node'), join(folder, 'build/Release/better_sqlite3.node'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const [packed] = await npmPack(folder, ['--pack-destination', to]);
  if (packed === undefined) throw new Error('npm has not packed better-sqlite3.');
  return { packed, manifest };
}

async function npmPack(folder: string, args: readonly string[]): Promise<readonly Packed[]> {
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--ignore-scripts', ...args], options);
  const answer: readonly Packed[] | Readonly<Record<string, Packed>> = JSON.parse(stdout);
  // An array before npm 12, an object by name from then on.
  return Object.values(answer);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
