import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entriesOf, importsOf } from './support/imports.ts';
import { packWorkspaces, publicWorkspaces, repository } from './support/packages.ts';

const packed = new Map((await packWorkspaces()).map((one) => [one.name, one]));
const versions = new Map(publicWorkspaces().map(({ manifest }) => [manifest.name, manifest.version]));

describe.each(publicWorkspaces().map((workspace) => [workspace.manifest.name, workspace] as const))(
  '%s',
  (name, workspace) => {
    const one = packed.get(name)!;
    const files = one.files.map(({ path }) => path);

    it('has its page and the licence', () => {
      expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
      const licence = readFileSync(join(repository, workspace.folder, 'LICENSE'), 'utf8');
      expect(licence).toBe(readFileSync(join(repository, 'LICENSE'), 'utf8'));
    });

    it('has all that its manifest names', () => {
      expect(files).toEqual(expect.arrayContaining([...entriesOf(workspace.manifest)]));
    });

    it('has nothing that is of use in this repository alone', () => {
      // What a project is made of is for whoever gets the project.
      const ours = files.filter((file) => !file.startsWith('template/'));
      expect(ours.filter((file) => /\.test\.|\.tsbuildinfo$|tsconfig|test-support|(^|\/)testing\//.test(file))).toEqual(
        [],
      );
    });

    it('imports what it has or depends on', () => {
      const { code, types, missing } = importsOf(workspace, one);
      const { dependencies = {}, peerDependencies = {} } = workspace.manifest;
      const declared = new Set([name, ...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
      expect(missing).toEqual([]);
      expect([...code, ...types].filter((other) => !declared.has(other))).toEqual([]);
    });

    it('depends on the versions of this repository', () => {
      const ours = Object.entries(workspace.manifest.dependencies ?? {}).filter(([other]) =>
        other.startsWith('@parley/'),
      );
      expect(ours).toEqual(ours.map(([other]) => [other, versions.get(other)]));
    });
  },
);
