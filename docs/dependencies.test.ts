import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/decisions/0006-dependencies.md'), 'utf8');

type Manifest = Readonly<
  Record<'dependencies' | 'devDependencies' | 'peerDependencies', Readonly<Record<string, string>> | undefined>
>;

function manifests(): readonly Manifest[] {
  const folders = ['packages', 'plugins', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  return ['', 'bench', 'docs/site', ...folders]
    .map((folder) => join(root, folder, 'package.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

const used = new Set(
  manifests()
    .flatMap(({ dependencies, devDependencies, peerDependencies }) => [
      ...Object.keys(dependencies ?? {}),
      ...Object.keys(devDependencies ?? {}),
      ...Object.keys(peerDependencies ?? {}),
    ])
    .filter((name) => !name.startsWith('@parley/')),
);

it('gives a reason for every dependency of every package, and for none that is gone', () => {
  const listed = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...used].sort());
});

it('names no registry in the lockfile, so that everybody installs from their own', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const entries = Object.entries<{ readonly resolved?: string; readonly link?: boolean }>(packages);
  expect(entries.filter(([, { resolved, link }]) => resolved !== undefined && link !== true)).toEqual([]);
});
